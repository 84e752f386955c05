package io.github.passerelle.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

import io.github.passerelle.Passerelle;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.tracking.TrackingTest;

/** The command line inside the JVM of the tests, pointed at the stream of the test. */
abstract class CommandTest extends TrackingTest {

    /** What a command left behind. */
    record Answer(int code, String out, String err) {

        List<String> lines() {
            return out.lines().toList();
        }

        /** The text in one line, as it would stand on a terminal that is wide enough. */
        String flat() {
            return out.replaceAll("\\s+", " ").strip();
        }

        JsonNode json() throws JsonProcessingException {
            return new ObjectMapper().readTree(out);
        }
    }

    /** Runs a command; whatever it is, it keeps what is asked of every one. */
    Answer run(String... arguments) {
        return run(settings(), arguments);
    }

    Answer run(Settings settings, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new Passerelle(), pointedAt(() -> settings)).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .setUsageHelpWidth(100).setParameterExceptionHandler(new Mistake()).setExecutionExceptionHandler(new Failed()).execute(arguments);
        Answer answer = new Answer(code, out.toString(), err.toString());
        boolean isJson = List.of(arguments).contains("--json") || List.of(arguments).contains("--csv=-");
        assertThat((answer.out() + answer.err()).lines()).as(String.join(" ", arguments))
                .noneMatch(line -> line.length() > 100 && code != 1 && !isJson).noneMatch(line -> line.endsWith(" "))
                .noneMatch(line -> line.contains("\u001b"));
        assertThat(answer.err().isEmpty()).as("standard error: " + answer.err()).isEqualTo(code == 0 || code == 3);
        assertThat(answer.out().isEmpty()).as("standard output: " + answer.out()).isEqualTo(code == 1 || code == 2);
        return answer;
    }

    private static IFactory pointedAt(Supplier<Settings> settings) {
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return TrackingCommand.class.isAssignableFrom(type) ? type.getDeclaredConstructor(Supplier.class).newInstance(settings)
                        : CommandLine.defaultFactory().create(type);
            }
        };
    }
}
