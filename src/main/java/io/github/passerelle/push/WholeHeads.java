package io.github.passerelle.push;

import java.io.IOException;
import java.io.InputStream;

import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.HttpMessageParserFactory;
import org.apache.hc.core5.http.io.HttpTransportMetrics;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Reads the heads of the answers on one connection, and fails where it ends before the empty line that closes a head. HttpClient by itself takes
 * what has come so far for the whole: the first bytes of an answer would then count as a delivery.
 */
final class WholeHeads implements HttpMessageParserFactory<ClassicHttpResponse> {

    private volatile SessionInputBuffer buffer;

    /** Whether more was read from the connection than the answers so far. */
    boolean isMoreRead() {
        SessionInputBuffer read = buffer;
        return read != null && read.length() > 0;
    }

    @Override
    public HttpMessageParser<ClassicHttpResponse> create(Http1Config config) {
        return new Parser(config);
    }

    @Override
    public HttpMessageParser<ClassicHttpResponse> create() {
        return create(Http1Config.DEFAULT);
    }

    private final class Parser extends DefaultHttpResponseParser {

        Parser(Http1Config config) {
            super(config);
        }

        @Override
        public ClassicHttpResponse parse(SessionInputBuffer read, InputStream input) throws IOException, HttpException {
            buffer = read;
            return super.parse(new Lines(read), input);
        }
    }

    private static final class Lines implements SessionInputBuffer {

        private final SessionInputBuffer buffer;
        private boolean begun;

        Lines(SessionInputBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public int readLine(CharArrayBuffer line, InputStream input) throws IOException {
            int length = buffer.readLine(line, input);
            if (length < 0 && begun) {
                throw new ConnectionClosedException("the connection ended in the head of the answer");
            }
            begun = true;
            return length;
        }

        @Override
        public int length() {
            return buffer.length();
        }

        @Override
        public int capacity() {
            return buffer.capacity();
        }

        @Override
        public int available() {
            return buffer.available();
        }

        @Override
        public int read(byte[] bytes, int offset, int length, InputStream input) throws IOException {
            return buffer.read(bytes, offset, length, input);
        }

        @Override
        public int read(byte[] bytes, InputStream input) throws IOException {
            return buffer.read(bytes, input);
        }

        @Override
        public int read(InputStream input) throws IOException {
            return buffer.read(input);
        }

        @Override
        public HttpTransportMetrics getMetrics() {
            return buffer.getMetrics();
        }
    }
}
