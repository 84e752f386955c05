package io.github.passerelle.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code .env}: lines {@code NAME=value}, comments and empty lines. Whatever could be read in two ways is a fault that names its
 * line and the way out, and never the value, which may be a secret.
 * <p>
 * Read here and not by a library, as those at hand drop what follows a {@code #}, let the last of two lines win, and tell no line numbers.
 */
final class DotenvFile {

    private static final String NAME = ".env";
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Pattern ENTRY = Pattern.compile("([\\w.-]+)\\s*=(.*)");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"(?:\\s*#.*)?");
    // nothing is escaped inside the quotes, so a quote may stand there
    private static final Pattern QUOTED_WITH_QUOTES = Pattern.compile("\"([^#]*)\"");
    private static final Pattern COMMENT_AFTER_BLANK = Pattern.compile("\\s+#.*");

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<String> faults = new ArrayList<>();

    private DotenvFile() {
    }

    /** The file of this folder, of which there may be none. */
    static DotenvFile read(Path folder) {
        DotenvFile read = new DotenvFile();
        Path file = folder.resolve(NAME);
        // a link that leads nowhere is a mistake, and no missing file
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            read.readFile(file);
        }
        return read;
    }

    /** What the lines without a fault say, by name. */
    Map<String, String> values() {
        return values;
    }

    /** The line on which a name stands. */
    int line(String name) {
        return lines.get(name);
    }

    /** What is wrong with the file, a line each. */
    List<String> faults() {
        return faults;
    }

    private void readFile(Path file) {
        if (Files.isDirectory(file)) {
            fault("it is a folder; allowed: a file with lines of the form NAME=value");
            return;
        }
        try {
            readLines(Files.readAllBytes(file));
        } catch (AccessDeniedException e) {
            fault("this user (" + System.getProperty("user.name") + ") may not read it");
        } catch (NoSuchFileException e) {
            fault("it is a link that leads to no file");
        } catch (IOException e) {
            fault("it cannot be read: " + e.getMessage());
        }
    }

    /** Line by line and not as a whole, so that a fault of the encoding has a line number too. */
    private void readLines(byte[] bytes) {
        int number = 0;
        int start = 0;
        while (start < bytes.length) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            readLine(++number, bytes, start, end);
            start = end + 1;
        }
    }

    private void readLine(int number, byte[] bytes, int start, int end) {
        try {
            String line = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, end - start)).toString();
            readLine(number, (number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line).strip());
        } catch (CharacterCodingException e) {
            fault(number, "it is not UTF-8; save the file as UTF-8");
        }
    }

    private void readLine(int number, String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (line.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
            fault(number, "it contains a control character; lines end with LF or CR LF, in UTF-8");
            return;
        }
        Matcher entry = ENTRY.matcher(line);
        if (!entry.matches()) {
            fault(number, "it is not of the form NAME=value");
            return;
        }
        String name = entry.group(1);
        Integer earlier = lines.putIfAbsent(name, number);
        if (earlier != null) {
            fault(number, name + " stands on line " + earlier + " already; take one of the two away");
            return;
        }
        String value = value(number, name, entry.group(2));
        if (value != null) {
            values.put(name, value);
        }
    }

    /** Null after a fault. */
    private String value(int number, String name, String given) {
        String text = given.strip();
        if (text.startsWith("\"")) {
            for (Pattern form : List.of(QUOTED, QUOTED_WITH_QUOTES)) {
                Matcher quoted = form.matcher(text);
                if (quoted.matches()) {
                    return quoted.group(1);
                }
            }
            fault(number, "the value of " + name + " begins with a double quote and does not end with one; only a comment may follow it");
            return null;
        }
        String value = COMMENT_AFTER_BLANK.matcher(given).replaceFirst("").strip();
        if (value.contains("#")) {
            fault(number, "the value of " + name + " contains a #; put it in double quotes: " + name + "=\"...\"");
            return null;
        }
        return value;
    }

    private void fault(int number, String what) {
        faults.add(NAME + ", line " + number + ": " + what);
    }

    private void fault(String what) {
        faults.add(NAME + ": " + what);
    }
}
