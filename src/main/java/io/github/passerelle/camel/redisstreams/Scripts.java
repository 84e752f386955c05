package io.github.passerelle.camel.redisstreams;

/**
 * What must happen in Redis in one step. A script that acknowledges begins with that: a Redis at its memory limit refuses one that begins with
 * a write of another kind, and lets this one finish.
 */
final class Scripts {

    // seconds
    private static final int KEEP_CONTENT = 30 * 86_400;
    private static final int KEEP_RECORD = 400 * 86_400;

    // what somebody put in the place of ours would make a script fail halfway, or each time; while it runs, nobody does
    private static final String EXPECT = """
            local expected = {}
            local function expect(key, type)
              if expected[key] then return end
              expected[key] = true
              local found = redis.call('TYPE', key).ok
              if found ~= 'none' and found ~= type then redis.call('DEL', key) end
            end
            """;

    // a record of rounds: how many, when the next one is due, and a blank and the rest if there is one; nothing of what cannot be read
    private static final String PARSE = """
            local function parse(record)
              local rounds, due, note = string.match(record or '', '^(%d+) (-?%d+)(.*)$')
              if rounds and (note == '' or string.sub(note, 1, 1) == ' ') then return rounds, due, note end
            end
            """;

    // whether this process is the one that may work; one that need not share names no owner
    private static final String OURS = """
            local function ours(leader, owner)
              if owner == '' then return true end
              local sign = redis.pcall('GET', leader)
              return type(sign) == 'string' and string.match(sign, '^%S+') == owner
            end
            """;

    private static final String NOW = """
            local function now()
              local time = redis.call('TIME')
              return string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
            end
            """;

    private static final String CLOSE = NOW + """
            local function close(id, record, content, quarantine, closed, state)
              expect(record, 'hash')
              expect(quarantine, 'zset')
              expect(closed, 'zset')
              local at = now()
              redis.call('HSET', record, 'state', state, 'closedAt', at)
              redis.call('EXPIRE', record, %1$d)
              redis.call('EXPIRE', content, %2$d)
              redis.call('ZREM', quarantine, id)
              redis.call('ZADD', closed, at, id)
              redis.call('ZREMRANGEBYSCORE', closed, '-inf', at - %1$d000)
            end
            """.formatted(KEEP_RECORD, KEEP_CONTENT);

    // what somebody put in the place of ours is removed here as well, but only when Redis refuses it; and where it refuses for another reason, that is
    // the answer, and nothing fails
    private static final String PUT = """
            local function put(command, key, ...)
              local answer = redis.pcall(command, key, ...)
              if type(answer) == 'table' and answer.err and string.find(answer.err, 'WRONGTYPE', 1, true) then
                redis.call('DEL', key)
                answer = redis.pcall(command, key, ...)
              end
              return answer
            end
            """;

    // Counts in hashes whose names begin with a prefix, given as the JSON of Count.parts(). Where nothing is to be added again, the hashes are merely
    // kept for longer. What several entries count in the same hash is added up first, and written by the end of it. Nothing here fails, as it follows
    // what cannot be taken back.
    private static final String COUNT = PUT + """
            local names, sums = {}, {}
            local function sum(prefix, counts, again)
              for _, count in ipairs(counts) do
                local hash = prefix .. count[1]
                local its = sums[hash]
                if not its then
                  its = {increments = {}, values = {}}
                  sums[hash] = its
                  names[#names + 1] = hash
                end
                its.days = count[2]
                if not again then
                  for field, by in pairs(count[3]) do
                    its.increments[field] = (its.increments[field] or 0) + by
                  end
                  for field, value in pairs(count[4]) do
                    its.values[field] = value
                  end
                end
              end
            end
            local function write()
              for _, hash in ipairs(names) do
                local its = sums[hash]
                for field, by in pairs(its.increments) do
                  -- a field that somebody damaged stays as it is, and is unknown to who reads it
                  put('HINCRBY', hash, field, string.format('%.0f', by))
                end
                for field, value in pairs(its.values) do
                  put('HSET', hash, field, value)
                end
                put('EXPIRE', hash, 86400 * its.days)
              end
            end
            local function count(prefix, json)
              sum(prefix, cjson.decode(json))
              write()
            end
            """;

    // KEYS: stream, due, quarantine, closed, counted. ARGV: group, beginning of the names of hashes, and as JSON for each entry its id, scope, key,
    // whether it is the last one, and what it counts
    static final String ACKNOWLEDGE = EXPECT + CLOSE + COUNT + """
            local time
            local scopes = {}
            local function remember(scope, once, last)
              time = time or now()
              if scope == '' then
                if once == '' then return true end
                local keys = ARGV[2] .. 'keys'
                put('ZREMRANGEBYSCORE', keys, '-inf', time - %2$d000)
                return put('ZADD', keys, 'NX', time, once) == 1
              end
              local keys = ARGV[2] .. 'keys:' .. scope
              local new = put('SADD', keys, once) == 1
              if last then
                redis.call('EXPIRE', keys, %2$d)
              elseif not scopes[scope] and redis.call('TTL', keys) < 0 then
                redis.call('EXPIRE', keys, %1$d)
              end
              scopes[scope] = true
              return new
            end
            local entries, counted = cjson.decode(ARGV[3]), {}
            for n, entry in ipairs(entries) do
              counted[n] = redis.call('XACK', KEYS[1], ARGV[1], entry[1])
            end
            for n, entry in ipairs(entries) do
              local id = entry[1]
              if counted[n] == 1 then
                if #entry[5] > 0 then
                  sum(ARGV[2], entry[5], not remember(entry[2], entry[3], entry[4]))
                end
                put('HDEL', KEYS[2], ARGV[1] .. ' ' .. id)
                local record = KEYS[3] .. ':' .. id
                if redis.call('EXISTS', record) == 1 or type(put('ZSCORE', KEYS[3], id)) == 'string' then
                  close(id, record, record .. ':entry', KEYS[3], KEYS[4], 'ACKNOWLEDGED')
                end
              end
            end
            if next(scopes) then
              for scope in pairs(scopes) do
                put('ZADD', KEYS[5], time, scope)
              end
              put('ZREMRANGEBYSCORE', KEYS[5], '-inf', time - %1$d000)
            end
            write()
            return counted""".formatted(KEEP_RECORD, KEEP_CONTENT);

    // KEYS: stream, rolledback. ARGV: group, the newest entry that was read. Trimming drops the oldest first: where an older one is there and this
    // one is not, Redis came back with older data.
    static final String NOTE_ROLL_BACK = EXPECT + NOW + """
            local last = redis.call('XREVRANGE', KEYS[1], ARGV[2], '-', 'COUNT', 1)
            if #last == 0 or last[1][1] == ARGV[2] then
              return 0
            end
            expect(KEYS[2], 'hash')
            redis.call('HSET', KEYS[2], ARGV[1], now())
            return 1""";

    // KEYS: stream. ARGV: group, consumer, how many entries to read at a time, how many in all, and after how many bytes to stop nevertheless; up to
    // where this consumer's pending entries are known. The first of them after that, or nothing; and of each new entry its id, how many names and values
    // it has, and these. Redis itself knows no read that ends by bytes.
    static final String READ_MANY = """
            local answer, entries, bytes = {''}, 0, 0
            repeat
              local read = redis.pcall('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', ARGV[3], 'STREAMS', KEYS[1], '>')
              if read and read.err then return read end
              local some = read and read[1][2] or {}
              for _, entry in ipairs(some) do
                answer[#answer + 1], answer[#answer + 2] = entry[1], tostring(#entry[2])
                for _, text in ipairs(entry[2]) do
                  answer[#answer + 1] = text
                  bytes = bytes + #text
                end
              end
              entries = entries + #some
            until #some < tonumber(ARGV[3]) or entries >= tonumber(ARGV[4]) or bytes >= tonumber(ARGV[5])
            local pending = redis.call('XPENDING', KEYS[1], ARGV[1], '(' .. ARGV[6], '+', 1, ARGV[2])
            answer[1] = pending[1] and pending[1][1] or ''
            return answer""";

    // KEYS: stream, due, leader. ARGV: group, id, field, owner, record of rounds, beginning of the names of hashes, what is counted. Only while it is
    // pending: an entry that somebody acknowledged meanwhile must not leave a record behind. One that is put aside stays so, even if the answer to
    // that was lost. A record that is there is removed first: a Redis at its memory limit then takes the new one.
    static final String END_ROUND = EXPECT + PARSE + OURS + COUNT + """
            if not ours(KEYS[3], ARGV[4]) then
              return 'NOT_OURS'
            end
            if #redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1) == 0 then
              return 'NOT_PENDING'
            end
            expect(KEYS[2], 'hash')
            local record = redis.call('HGET', KEYS[2], ARGV[3])
            local _, due = parse(record)
            if due == '-1' then
              return 'PARKED'
            end
            if record then
              redis.call('HDEL', KEYS[2], ARGV[3])
            end
            redis.call('HSET', KEYS[2], ARGV[3], ARGV[5])
            count(ARGV[6], ARGV[7])
            return 'RECORDED'""";

    // KEYS: stream, due, leader. ARGV: group, id, field, owner, the only holder whose entry it may be; empty for any. The holder, or nothing when it
    // is not pending; and the record of its rounds, which says from now on that it is in progress, so that nobody discards it meanwhile. Removed
    // first, as above.
    static final String TAKE = EXPECT + PARSE + OURS + """
            if not ours(KEYS[3], ARGV[4]) then
              return {'NOT_OURS'}
            end
            local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1)
            if #pending == 0 then
              return {}
            end
            local holder = pending[1][2]
            expect(KEYS[2], 'hash')
            local record = redis.call('HGET', KEYS[2], ARGV[3]) or ''
            local rounds, due, note = parse(record)
            if due and due ~= '0' and due ~= '-1' and (ARGV[5] == '' or ARGV[5] == holder) then
              redis.call('HDEL', KEYS[2], ARGV[3])
              redis.call('HSET', KEYS[2], ARGV[3], rounds .. ' 0' .. note)
            end
            return {holder, record}""";

    // KEYS: stream, due, leader. ARGV: group, owner, when they are due from now on, and for each entry its id and field. Answers those that are not
    // pending any more. What is put aside stays so.
    static final String MARK = EXPECT + PARSE + OURS + """
            if not ours(KEYS[3], ARGV[2]) then
              return {'NOT_OURS'}
            end
            expect(KEYS[2], 'hash')
            local gone = {}
            for i = 4, #ARGV, 2 do
              if #redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1) == 0 then
                gone[#gone + 1] = ARGV[i]
              else
                local rounds, due, note = parse(redis.call('HGET', KEYS[2], ARGV[i + 1]))
                if due and due ~= '-1' and due ~= ARGV[3] then
                  redis.call('HDEL', KEYS[2], ARGV[i + 1])
                  redis.call('HSET', KEYS[2], ARGV[i + 1], rounds .. ' ' .. ARGV[3] .. note)
                end
              end
            end
            return gone""";

    // KEYS: stream, due, quarantine, closed, record, content, leader. ARGV: group, id, field, owner, record of rounds, rounds, note, beginning of
    // the names of hashes, what is counted, and the names and values of the entry. One whose first answer was lost counts once.
    // The copy comes first and the record of rounds last: an entry must not be at rest before its copy is there.
    static final String PARK = EXPECT + PARSE + CLOSE + OURS + COUNT + """
            if not ours(KEYS[7], ARGV[4]) then
              return 0
            end
            if #redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1) == 0 then
              return 0
            end
            expect(KEYS[2], 'hash')
            expect(KEYS[3], 'zset')
            expect(KEYS[4], 'zset')
            expect(KEYS[5], 'hash')
            expect(KEYS[6], 'hash')
            local _, due = parse(redis.call('HGET', KEYS[2], ARGV[3]))
            for i = 10, #ARGV, 2 do
              redis.call('HSET', KEYS[6], ARGV[i], ARGV[i + 1])
            end
            local at = now()
            redis.call('HSET', KEYS[5], 'state', 'PARKED', 'rounds', ARGV[6], 'note', ARGV[7], 'parkedAt', at)
            redis.call('HDEL', KEYS[5], 'closedAt')
            redis.call('PERSIST', KEYS[5])
            redis.call('PERSIST', KEYS[6])
            redis.call('ZREM', KEYS[4], ARGV[2])
            redis.call('ZADD', KEYS[3], at, ARGV[2])
            redis.call('HSET', KEYS[2], ARGV[3], ARGV[5])
            if due ~= '-1' then
              count(ARGV[8], ARGV[9])
            end
            return 1""";

    // KEYS: due. ARGV: group, ids. Those of the ids whose entries are not put aside, or not any more.
    static final String NOT_PARKED = PARSE + """
            local answer = {}
            for i = 2, #ARGV do
              local record = redis.pcall('HGET', KEYS[1], ARGV[1] .. ' ' .. ARGV[i])
              local _, due = parse(type(record) == 'string' and record)
              if due ~= '-1' then
                answer[#answer + 1] = ARGV[i]
              end
            end
            return answer""";

    // KEYS: stream, due, quarantine, closed, record, content, leader, replay. ARGV: group, id, field, reason, author, beginning of the names of
    // hashes, what is counted. What somebody acknowledged past
    // this component is not put aside any more.
    private static final String DECIDE = EXPECT + PARSE + CLOSE + COUNT + """
            expect(KEYS[2], 'hash')
            expect(KEYS[3], 'zset')
            expect(KEYS[5], 'hash')
            if #redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1) == 0 then
              redis.call('HDEL', KEYS[2], ARGV[3])
              if redis.call('ZSCORE', KEYS[3], ARGV[2]) then
                close(ARGV[2], KEYS[5], KEYS[6], KEYS[3], KEYS[4], 'ACKNOWLEDGED')
              end
              return $already and 'ALREADY' or 'NOT_PENDING'
            end
            local rounds, due, note = parse(redis.call('HGET', KEYS[2], ARGV[3]))
            """;

    static final String UNPARK = DECIDE.replace("$already", "false") + """
            -- one whose record of rounds was damaged is still listed
            if due ~= '-1' and not redis.call('ZSCORE', KEYS[3], ARGV[2]) then
              return redis.call('HGET', KEYS[5], 'state') == 'REPLAYED' and 'ALREADY' or 'NOT_PARKED'
            end
            redis.call('HSET', KEYS[2], ARGV[3], (rounds or '0') .. ' 0' .. (note or ''))
            expect(KEYS[8], 'set')
            redis.call('ZREM', KEYS[3], ARGV[2])
            redis.call('HSET', KEYS[5], 'state', 'REPLAYED', 'decision', 'REPLAYED', 'reason', ARGV[4], 'author', ARGV[5], 'decidedAt',
                now())
            redis.call('SADD', KEYS[8], ARGV[2])
            return 'DONE'""";

    static final String DISCARD = DECIDE.replace("$already", "redis.call('HGET', KEYS[5], 'state') == 'DISCARDED'") + """
            if (not due or due == '0') and redis.call('EXISTS', KEYS[7]) == 1 then
              return 'IN_PROGRESS'
            end
            redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
            redis.call('HDEL', KEYS[2], ARGV[3])
            close(ARGV[2], KEYS[5], KEYS[6], KEYS[3], KEYS[4], 'DISCARDED')
            redis.call('HSET', KEYS[5], 'decision', 'DISCARDED', 'reason', ARGV[4], 'author', ARGV[5], 'decidedAt', now())
            expect(KEYS[8], 'set')
            redis.call('SADD', KEYS[8], ARGV[2])
            redis.call('HSETNX', KEYS[5], 'rounds', rounds or '0')
            redis.call('HSETNX', KEYS[5], 'note', string.match(note or '', '^ %S+ (.*)$') or '')
            count(ARGV[6], ARGV[7])
            return 'DONE'""";

    // KEYS: stream, due, leader. ARGV: group, id, field, owner, order. Says of an entry that it waits for others.
    static final String HOLD = EXPECT + OURS + """
            if not ours(KEYS[3], ARGV[4]) then
              return 0
            end
            expect(KEYS[2], 'hash')
            if #redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1) == 0 then
              return 0
            end
            local rounds, due, rest = string.match(redis.call('HGET', KEYS[2], ARGV[3]) or '', '^(%d+) (-?%d+)(.*)$')
            redis.call('HDEL', KEYS[2], ARGV[3])
            redis.call('HSET', KEYS[2], ARGV[3], rounds and (rounds .. ' -2' .. rest) or ('0 -2 ' .. ARGV[5]))
            return 1""";

    // KEYS and ARGV as for UNPARK
    static final String RELEASE = EXPECT + CLOSE + """
            if #redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1) == 0 then
              return 'NOT_PENDING'
            end
            expect(KEYS[2], 'hash')
            local rounds, due, key, rest = string.match(redis.call('HGET', KEYS[2], ARGV[3]) or '', '^(%d+) (-?%d+) %a:(%S*)(.*)$')
            expect(KEYS[5], 'hash')
            if due ~= '-2' then
              return redis.call('HGET', KEYS[5], 'state') == 'RELEASED' and 'ALREADY' or 'NOT_HELD'
            end
            redis.call('HSET', KEYS[2], ARGV[3], rounds .. ' 0 r:' .. key .. rest)
            expect(KEYS[8], 'set')
            redis.call('HSET', KEYS[5], 'state', 'RELEASED', 'decision', 'RELEASED', 'reason', ARGV[4], 'author', ARGV[5], 'decidedAt',
                now())
            redis.call('SADD', KEYS[8], ARGV[2])
            return 'DONE'""";

    // KEYS: stream, due, quarantine. ARGV: group, after which entry, how many to look at, member of the notes. Where the next page begins, or nothing
    // after the last one; how many are gathered, and the oldest of them; the oldest that is put aside; how many different values the member has with
    // those that are put aside, and these, each with how often; the others with holder and record of rounds.
    static final String SUMMARY = """
            local function split(record)
              local due, rest = string.match(record, '^-?%d+ (-?%d+)(.*)$')
              if due and (rest == '' or string.sub(rest, 1, 1) == ' ') then return due, rest end
            end
            local function value(note)
              local read, object = pcall(cjson.decode, note)
              local found = read and type(object) == 'table' and object[ARGV[4]]
              return type(found) == 'string' and found ~= '' and found
            end
            local page = redis.call('XPENDING', KEYS[1], ARGV[1], '(' .. ARGV[2], '+', ARGV[3])
            local fields = {}
            for i, pending in ipairs(page) do
              fields[i] = ARGV[1] .. ' ' .. pending[1]
            end
            local records = #page > 0 and redis.pcall('HMGET', KEYS[2], unpack(fields)) or {}
            local gathered, oldest, parked, values, counts, others = 0, '', '', {}, {}, {}
            for i, pending in ipairs(page) do
              local id, record = pending[1], records[i] or ''
              local due, rest = split(record)
              if due == '-3' then
                gathered = gathered + 1
                if gathered == 1 then oldest = id end
              elseif due == '-1' then
                if parked == '' then parked = id end
                local found = value(string.match(rest, '^ [^ ]* (.*)$') or '')
                if not found then
                  -- what was noted of it is kept twice
                  local note = redis.pcall('HGET', KEYS[3] .. ':' .. id, 'note')
                  found = value(type(note) == 'string' and note or '') or ''
                end
                if not counts[found] then values[#values + 1] = found end
                counts[found] = (counts[found] or 0) + 1
              else
                others[#others + 1], others[#others + 2], others[#others + 3] = id, pending[2], record
              end
            end
            local answer = {#page == tonumber(ARGV[3]) and page[#page][1] or '', tostring(gathered), oldest, parked, tostring(#values)}
            for _, found in ipairs(values) do
              answer[#answer + 1], answer[#answer + 2] = found, tostring(counts[found])
            end
            for _, text in ipairs(others) do
              answer[#answer + 1] = text
            end
            return answer""";

    // KEYS: quarantine. ARGV: ids. For each: whether there is a record, and its fields; nothing of one that somebody damaged.
    static final String RECORDS = """
            local answer = {}
            for _, id in ipairs(ARGV) do
              local record = KEYS[1] .. ':' .. id
              answer[#answer + 1] = tostring(redis.call('EXISTS', record))
              local fields = redis.pcall('HMGET', record, 'state', 'rounds', 'note', 'parkedAt', 'decidedAt', 'reason', 'author', 'closedAt',
                  'decision')
              for i = 1, 9 do
                answer[#answer + 1] = fields[i] or ''
              end
            end
            return answer""";

    // KEYS: quarantine or closed. ARGV: how many to skip and to return. The ids, the newest first.
    static final String NEWEST_IDS = """
            if tonumber(ARGV[2]) < 1 or redis.call('TYPE', KEYS[1]).ok ~= 'zset' then
              return {}
            end
            return redis.call('ZREVRANGE', KEYS[1], ARGV[1], ARGV[1] + ARGV[2] - 1)""";

    // KEYS: counted. ARGV: name, for how many days it is kept, field, number. The field becomes the number where that is greater. Removed first, as
    // above.
    static final String RAISE = EXPECT + """
            local hash = KEYS[1] .. ':' .. ARGV[1]
            expect(hash, 'hash')
            local known = tonumber(redis.call('HGET', hash, ARGV[3]))
            if not known or known < tonumber(ARGV[4]) then
              redis.call('HDEL', hash, ARGV[3])
              redis.call('HSET', hash, ARGV[3], ARGV[4])
            end
            redis.call('EXPIRE', hash, 86400 * ARGV[2])
            return 0""";

    // KEYS: counted. ARGV: name, for how many days it is kept, field, value. 1 when the field was not there before.
    static final String SET_ONCE = EXPECT + """
            local hash = KEYS[1] .. ':' .. ARGV[1]
            expect(hash, 'hash')
            local new = redis.call('HSETNX', hash, ARGV[3], ARGV[4])
            redis.call('EXPIRE', hash, 86400 * ARGV[2])
            return new""";

    // KEYS: counted. ARGV: names. For each: how many fields and values there are, and these; none of one that somebody damaged.
    static final String COUNTED = """
            local answer = {}
            for _, name in ipairs(ARGV) do
              local fields = redis.pcall('HGETALL', KEYS[1] .. ':' .. name)
              if fields.err then fields = {} end
              answer[#answer + 1] = tostring(#fields)
              for _, text in ipairs(fields) do
                answer[#answer + 1] = text
              end
            end
            return answer""";

    // KEYS: counted. ARGV: how many to skip and to return. The names and the times of their last acknowledgement, the newest first.
    static final String NEWEST_COUNTED = """
            if tonumber(ARGV[2]) < 1 or redis.call('TYPE', KEYS[1]).ok ~= 'zset' then
              return {}
            end
            return redis.call('ZREVRANGE', KEYS[1], ARGV[1], ARGV[1] + ARGV[2] - 1, 'WITHSCORES')""";

    // KEYS: leader, replay. ARGV: what to say of oneself, for how many milliseconds, and the owner if it must be the only one; nothing when another
    // one is. The old sign is removed first: a Redis at its memory limit then takes the new one, without which an entry in progress could be
    // discarded.
    static final String TICK = OURS + """
            -- what is no lease, or would never end, is none
            if redis.call('PTTL', KEYS[1]) > 0 and redis.call('TYPE', KEYS[1]).ok == 'string' and not ours(KEYS[1], ARGV[3]) then
              return {'0'}
            end
            redis.call('DEL', KEYS[1])
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            local answer = redis.call('TYPE', KEYS[2]).ok == 'set' and redis.call('SPOP', KEYS[2], 1000) or {}
            table.insert(answer, 1, '1')
            return answer""";

    // KEYS: leader. ARGV: who is leaving
    static final String LEAVE = OURS + """
            if ours(KEYS[1], ARGV[1]) then
              redis.call('DEL', KEYS[1])
            end
            return 0""";

    // its clock, and what it says of itself to a user who may ask
    static final String SERVER = """
            local time = redis.call('TIME')
            local info = redis.pcall('INFO')
            return {time[1], time[2], type(info) == 'string' and info or ''}""";

    // nothing where there is no group; otherwise one field, and then three for each member of it
    static final String CONSUMERS = """
            if redis.call('EXISTS', KEYS[1]) == 0 then return {} end
            local answer = {}
            for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
              for i = 1, #group, 2 do
                if group[i] == 'name' and group[i + 1] == ARGV[1] then answer[1] = ARGV[1] end
              end
            end
            if not answer[1] then return {} end
            for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
              local found = {}
              for i = 1, #consumer, 2 do found[consumer[i]] = tostring(consumer[i + 1]) end
              answer[#answer + 1], answer[#answer + 2], answer[#answer + 3] = found['name'], found['pending'], found['idle']
            end
            return answer""";

    // waiting is 0 whenever the group has read the newest entry: lag stays too high for ever once unread entries were trimmed. What it shows then
    // is their number. KEYS: stream, quarantine, leader, trimmed. ARGV: group
    static final String STATUS = """
            local function field(flat, name)
              for i = 1, #flat, 2 do
                if flat[i] == name then return flat[i + 1] end
              end
              return false
            end
            local parked = redis.pcall('ZCARD', KEYS[2])
            local sign = redis.pcall('GET', KEYS[3])
            local trimmed = redis.pcall('HGET', KEYS[4], ARGV[1])
            trimmed = type(trimmed) == 'string' and string.match(trimmed, '^%d+$') or '0'
            local answer = {'0', '', '0', '', '0-0', type(parked) == 'number' and tostring(parked) or '0',
                type(sign) == 'string' and sign or '', #trimmed < 16 and trimmed or '0', '0', ''}
            if redis.call('EXISTS', KEYS[1]) == 0 then
              return answer
            end
            local stream = redis.call('XINFO', 'STREAM', KEYS[1])
            local newest = field(stream, 'last-generated-id')
            answer[9] = tostring(field(stream, 'length'))
            answer[10] = tostring(field(stream, 'entries-added') or '')
            local group = false
            for _, candidate in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
              if field(candidate, 'name') == ARGV[1] then group = candidate end
            end
            if not group then
              local first = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)
              answer[1], answer[2] = answer[9], first[1] and first[1][1] or ''
              return answer
            end
            local read = field(group, 'last-delivered-id')
            answer[5] = read
            if read ~= newest then
              local lag = field(group, 'lag')
              answer[1] = ''
              if lag then
                answer[1] = tostring(math.max(0, lag - tonumber(answer[8])))
              end
              local unread = redis.call('XRANGE', KEYS[1], '(' .. read, '+', 'COUNT', 1)
              if unread[1] then answer[2] = unread[1][1] else answer[1] = '0' end
            end
            local pending = redis.call('XPENDING', KEYS[1], ARGV[1])
            answer[3], answer[4] = tostring(pending[1]), pending[2] or ''
            return answer""";

    // KEYS: stream, trimmed. ARGV: group. How many more entries than was known were trimmed before the group had read them. The old number is removed
    // first: a Redis at its memory limit then takes the new one.
    static final String COUNT_TRIMMED = EXPECT + """
            if redis.call('EXISTS', KEYS[1]) == 0 then
              return 0
            end
            local function field(flat, name)
              for i = 1, #flat, 2 do
                if flat[i] == name then return flat[i + 1] end
              end
              return false
            end
            local newest = field(redis.call('XINFO', 'STREAM', KEYS[1]), 'last-generated-id')
            for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
              local lag = field(group, 'lag')
              if field(group, 'name') == ARGV[1] and lag and field(group, 'last-delivered-id') == newest then
                expect(KEYS[2], 'hash')
                local known = tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or '0') or 0
                if lag ~= known then
                  redis.call('HDEL', KEYS[2], ARGV[1])
                  redis.call('HSET', KEYS[2], ARGV[1], tostring(lag))
                end
                return lag - known
              end
            end
            return 0""";

    // look-up and claim in one step: an entry that is trimmed between the two would be dropped from the pending list without a trace
    static final String ADOPT = """
            local page = redis.call('XPENDING', KEYS[1], ARGV[1], '(' .. ARGV[3], '+', ARGV[4])
            local last = #page == tonumber(ARGV[4]) and page[#page][1] or ''
            local answer, claimed = {last}, 0
            for _, pending in ipairs(page) do
              local id, holder = pending[1], pending[2]
              if holder ~= ARGV[2] then
                local there = redis.call('XRANGE', KEYS[1], id, id)[1]
                answer[#answer + 1] = id
                answer[#answer + 1] = there and holder or ''
                if there then
                  redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, id, 'JUSTID')
                  claimed = claimed + 1
                  if claimed == tonumber(ARGV[5]) then
                    answer[1] = id
                    break
                  end
                end
              end
            end
            return answer""";

    // KEYS: stream. ARGV: group, after which entry it is to begin: Redisson does not name the greatest of a millisecond
    static final String CREATE_GROUP = """
            return redis.call('XGROUP', 'CREATE', KEYS[1], ARGV[1], ARGV[2], 'MKSTREAM')""";

    // KEYS: stream, leader, start, trimmed. ARGV: group, after which entry it is to begin, the first entry that it is to read, 1 where entries may be
    // read a second time, reason, author. 'read' is what the group had really read when it was moved: a mistake can be put right as long as nothing
    // was read since. The counts of a group that is moved begin anew in Redis, and so does the number of those that were trimmed.
    static final String START_AT = EXPECT + NOW + """
            local function field(flat, name)
              for i = 1, #flat, 2 do
                if flat[i] == name then return flat[i + 1] end
              end
            end
            local function padded(id)
              local millis, sequence = string.match(id, '^(%d+)-(%d+)$')
              return string.rep('0', 20 - #millis) .. millis .. string.rep('0', 20 - #sequence) .. sequence
            end
            if redis.call('PTTL', KEYS[2]) > 0 then
              return 'AT_WORK'
            end
            local group
            if redis.call('EXISTS', KEYS[1]) == 1 then
              for _, candidate in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
                if field(candidate, 'name') == ARGV[1] then group = candidate end
              end
            end
            expect(KEYS[3], 'hash')
            local read = '0-0'
            if group then
              if redis.call('XPENDING', KEYS[1], ARGV[1])[1] > 0 then
                return 'PENDING'
              end
              read = field(group, 'last-delivered-id')
              local known = redis.call('HMGET', KEYS[3], 'after', 'read')
              if known[2] and string.match(known[2], '^%d+-%d+$') and (known[1] == read or padded(known[2]) > padded(read)) then
                read = known[2]
              end
              if ARGV[4] ~= '1' and padded(read) > padded(ARGV[2]) and #redis.call('XRANGE', KEYS[1], '(' .. ARGV[2], read, 'COUNT', 1) > 0 then
                return 'READ_BEFORE'
              end
            end
            redis.call('HSET', KEYS[3], 'after', ARGV[2], 'read', read, 'first', ARGV[3], 'reason', ARGV[5], 'author', ARGV[6], 'decidedAt', now())
            if group then
              redis.call('XGROUP', 'SETID', KEYS[1], ARGV[1], ARGV[2])
              expect(KEYS[4], 'hash')
              redis.call('HDEL', KEYS[4], ARGV[1])
            else
              redis.call('XGROUP', 'CREATE', KEYS[1], ARGV[1], ARGV[2], 'MKSTREAM')
            end
            return 'DONE'""";

    static final String NEWEST = """
            if redis.call('EXISTS', KEYS[1]) == 0 then
              return '0-0'
            end
            local info = redis.call('XINFO', 'STREAM', KEYS[1])
            for i = 1, #info, 2 do
              if info[i] == 'last-generated-id' then return info[i + 1] end
            end""";

    private Scripts() {
    }
}
