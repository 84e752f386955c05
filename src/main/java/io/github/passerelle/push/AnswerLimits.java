package io.github.passerelle.push;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Bounds what a receiver can do to the channel with its answer: of the body only the first 64 KiB are read, and the whole answer must be there
 * within 60 seconds, however slowly it comes. Once its head is there the answer counts, even if the body breaks off, is encoded in a way that
 * was not asked for, or names a character set that does not exist: Paheko has decided by then. One exception: of a body that calls itself
 * HTML something must be seen, as it may be the page of somebody else. What follows it on the connection is nobody's answer.
 */
public class AnswerLimits implements HttpClientConfigurer, CamelContextAware {

    private static final int MAX_BODY_BYTES = 64 * 1024;

    private CamelContext camelContext;
    private Deadlines deadlines;
    private long deadlineMillis = 60_000;

    /** How long the whole answer may take from the moment the request is sent, in milliseconds; 60 seconds by default. */
    public void setDeadlineMillis(long deadlineMillis) {
        this.deadlineMillis = deadlineMillis;
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    @Override
    public synchronized void configureHttpClient(HttpClientBuilder clientBuilder) {
        if (deadlines == null) {
            deadlines = new Deadlines(camelContext.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "AnswerDeadline"),
                    System::nanoTime);
        }
        clientBuilder.setRequestExecutor(new QuietConnections());
        // next to the wire: waiting for a connection of the pool is not the receiver's time
        clientBuilder.addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "answer-limits", this::execute);
    }

    private ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Deadlines.Deadline deadline = deadlines.in(deadlineMillis, scope.execRuntime::discardEndpoint);
        try (deadline) {
            ClassicHttpResponse response = chain.proceed(request, scope);
            HttpEntity entity = response.getEntity();
            if (entity != null) {
                keepMediaTypeOnly(response);
                response.setEntity(new ByteArrayEntity(beginning(entity, scope.execRuntime, mayBePage(response)), null));
                response.removeHeaders(HttpHeaders.CONTENT_ENCODING);
            }
            return response;
        } catch (IOException e) {
            if (deadline.isLate()) {
                SocketTimeoutException timeout
                        = new SocketTimeoutException("no whole answer within " + deadlineMillis / 1000 + " seconds");
                timeout.initCause(e);
                throw timeout;
            }
            throw e;
        }
    }

    private static byte[] beginning(HttpEntity entity, ExecRuntime connection, boolean mayBePage) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (InputStream body = entity.getContent()) {
            long length = entity.getContentLength();
            // most answers are short; one byte more, as only the end tells that it is there
            byte[] buffer = new byte[length < 0 || length >= 8192 ? 8192 : (int) length + 1];
            int count;
            while (read.size() < MAX_BODY_BYTES
                    && (count = body.read(buffer, 0, Math.min(buffer.length, MAX_BODY_BYTES - read.size()))) >= 0) {
                read.write(buffer, 0, count);
            }
            if (read.size() < MAX_BODY_BYTES) {
                connection.releaseEndpoint();
            } else {
                // closing the stream would read on to its end
                connection.discardEndpoint();
            }
        } catch (IOException e) {
            connection.discardEndpoint();
            if (mayBePage && read.toString(StandardCharsets.US_ASCII).isBlank()) {
                // whose decision the head tells cannot be seen
                throw e;
            }
            // the head is there, and with it Paheko's decision
        }
        return read.toByteArray();
    }

    private static boolean mayBePage(ClassicHttpResponse response) {
        Header header = response.getFirstHeader(HttpHeaders.CONTENT_TYPE);
        return header != null && "text/html".equalsIgnoreCase(header.getValue());
    }

    /** An unknown character set would make Camel fail on an answer that counts. */
    private static void keepMediaTypeOnly(ClassicHttpResponse response) {
        Header header = response.getFirstHeader(HttpHeaders.CONTENT_TYPE);
        if (header != null && header.getValue() != null) {
            response.setHeader(HttpHeaders.CONTENT_TYPE, header.getValue().split(";", 2)[0].strip());
        }
    }
}
