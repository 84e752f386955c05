package io.github.passerelle.campaign;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One whole command or answer of Redis.
 *
 * @param bytes as it went over the wire
 * @param value Long, String (a status or an error, with its sign), byte[], List or null
 */
record Frame(byte[] bytes, Object value) {

    /** Reads the next one; null when the other side has closed. */
    static Frame read(InputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        Reading reading = new Reading(in);
        Object value = reading.value(first);
        return new Frame(reading.bytes.toByteArray(), value);
    }

    /** The parts of a command as text. */
    List<String> words() {
        return value instanceof List<?> parts ? parts.stream().map(Frame::text).toList() : List.of();
    }

    private static String text(Object part) {
        return part instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(part);
    }

    private static final class Reading {

        private final InputStream in;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Reading(InputStream in) {
            this.in = in;
        }

        Object value(int type) throws IOException {
            bytes.write(type);
            String line = line();
            return switch (type) {
                case '+', '-' -> (char) type + line;
                case ':' -> Long.valueOf(line);
                case '$' -> bulk(Integer.parseInt(line));
                case '*' -> list(Integer.parseInt(line));
                default -> throw new IOException("Not of the protocol: " + (char) type + line);
            };
        }

        private byte[] bulk(int length) throws IOException {
            if (length < 0) {
                return null;
            }
            byte[] content = in.readNBytes(length + 2);
            if (content.length < length + 2) {
                throw new EOFException();
            }
            bytes.writeBytes(content);
            return Arrays.copyOf(content, length);
        }

        private List<Object> list(int size) throws IOException {
            if (size < 0) {
                return null;
            }
            List<Object> list = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                list.add(value(next()));
            }
            return list;
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = next(); c != '\r'; c = next()) {
                line.append((char) c);
                bytes.write(c);
            }
            bytes.write('\r');
            bytes.write(next());
            return line.toString();
        }

        private int next() throws IOException {
            int c = in.read();
            if (c < 0) {
                throw new EOFException();
            }
            return c;
        }
    }
}
