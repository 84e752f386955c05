package io.github.passerelle.camel.redisstreams;

/**
 * What must happen in Redis in one step.
 */
final class Scripts {

    // XACK first: a Redis at its memory limit refuses a script that begins with a write of another kind
    static final String ACKNOWLEDGE = """
            local counts = {}
            for i = 2, #ARGV do
              counts[i - 1] = redis.call('XACK', KEYS[1], ARGV[1], ARGV[i])
            end
            for i = 2, #ARGV do
              if counts[i - 1] == 1 then
                redis.call('HDEL', KEYS[2], ARGV[1] .. ' ' .. ARGV[i])
              end
            end
            return counts""";

    // only while it is pending: an entry that somebody acknowledged meanwhile must not leave a record behind
    static final String END_ROUND = """
            local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1)
            if #pending == 1 then
              redis.call('HSET', KEYS[2], ARGV[3], ARGV[4])
            end
            return #pending""";

    // waiting is 0 whenever the group has read the newest entry: lag stays too high for ever once unread entries were trimmed
    static final String STATUS = """
            if redis.call('EXISTS', KEYS[1]) == 0 then
              return {'0', '', '0', ''}
            end
            local function field(flat, name)
              for i = 1, #flat, 2 do
                if flat[i] == name then return flat[i + 1] end
              end
              return false
            end
            local newest = field(redis.call('XINFO', 'STREAM', KEYS[1]), 'last-generated-id')
            local group = false
            for _, candidate in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
              if field(candidate, 'name') == ARGV[1] then group = candidate end
            end
            if not group then
              local first = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)
              return {tostring(redis.call('XLEN', KEYS[1])), first[1] and first[1][1] or '', '0', ''}
            end
            local read = field(group, 'last-delivered-id')
            local waiting, oldest = '0', ''
            if read ~= newest then
              waiting = tostring(field(group, 'lag') or '')
              local unread = redis.call('XRANGE', KEYS[1], '(' .. read, '+', 'COUNT', 1)
              if unread[1] then oldest = unread[1][1] end
            end
            local pending = redis.call('XPENDING', KEYS[1], ARGV[1])
            return {waiting, oldest, tostring(pending[1]), pending[2] or ''}""";

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
