package io.github.passerelle.push;

import java.io.IOException;
import java.net.ConnectException;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends a request only on a connection on which nothing is waiting to be read. What came after the last answer, such as a second one, or a 408
 * because the connection was kept for too long, would be taken for the answer to this request, and each answer that follows for one to the next.
 */
final class QuietConnections extends HttpRequestExecutor {

    // the shortest there is
    private static final Timeout LOOK = Timeout.ofMilliseconds(1);

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request, HttpClientConnection connection, HttpResponseInformationCallback informed, HttpContext context)
            throws IOException, HttpException {
        if (connection.getEndpointDetails().getRequestCount() > 0 && connection.isDataAvailable(LOOK)) {
            // as if there were no connection: nothing has been sent on it
            throw new ConnectException("more than an answer came on this connection");
        }
        return super.execute(request, connection, informed, context);
    }
}
