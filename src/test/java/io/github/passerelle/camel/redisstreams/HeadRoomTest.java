package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.passerelle.fixture.LogLines;

class HeadRoomTest {

    private static final String STREAM = "till";

    private final HeadRoomWatch watch = new HeadRoomWatch(STREAM);

    /** Waiting, pending, what the stream holds, what was ever added. */
    @ParameterizedTest
    @CsvSource(nullValues = "unknown", value = {
            "0, 0, 10000, 10000, unknown",
            "9000, 900, 9900, 9900, unknown",
            "unknown, 3, 10000, 20000, unknown",
            "5, 3, 10000, unknown, unknown",
            "0, 0, 0, 20000, unknown",
            "0, 0, 10000, 10001, 0",
            "7000, 1000, 10000, 20000, 80",
            "7000, 999, 10000, 20000, 79",
            "10000, 500, 10000, 20000, 105" })
    void isTheUndeliveredPartOfWhatTheStreamKeepsOnceItDropsEntries(Long waiting, long pending, long length, Long added, Long percent) {
        HeadRoom room = HeadRoom.of(status(waiting, pending, length, added)).orElse(null);
        assertThat(room == null ? null : room.percent()).isEqualTo(percent);
        assertThat(room != null && room.isShort()).isEqualTo(percent != null && percent >= 80);
    }

    @Test
    void warnsOnceAndAgainOnlyAfterTheDangerWasOver() {
        try (LogLines log = new LogLines()) {
            look(79);
            assertThat(warnings(log)).isEmpty();
            look(80);
            look(95);
            look(79);
            look(61);
            look(85);
            assertThat(warnings(log)).hasSize(1);
            watch.look(status(null, 0, 100, 1_000L));
            look(90);
            assertThat(warnings(log)).as("what Redis cannot tell is no end of the danger").hasSize(1);
            look(59);
            look(80);
            look(81);
            assertThat(warnings(log)).hasSize(2);
        }
    }

    @Test
    void theWarningNamesTheFiguresAndWhatToDo() {
        try (LogLines log = new LogLines()) {
            watch.look(status(7_000L, 1_211, 10_042, 40_000L));
            assertThat(warnings(log)).containsExactly("WARN 81 % of what stream till keeps is not delivered (8211 of 10042 entries): soon its producer"
                    + " will drop entries that were never delivered. Find out why they are not delivered, and have the producer keep more (its"
                    + " MAXLEN) until they are");
        }
    }

    private void look(long percent) {
        watch.look(status(percent, 0, 100, 1_000L));
    }

    private static List<String> warnings(LogLines log) {
        return log.all().filter(line -> line.contains("stream " + STREAM + " keeps")).toList();
    }

    private static StreamStatus status(Long waiting, long pending, long length, Long added) {
        return new StreamStatus(waiting, null, pending, null, 3, EntryId.MIN, 0, length, added, true, null);
    }
}
