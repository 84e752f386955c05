package io.github.passerelle.push;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.Socket;

import javax.net.ssl.SSLSocket;

import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.io.HttpConnectionFactory;

/**
 * Makes connections that read whole heads only, and that tell at once whether something is waiting to be read: HttpClient's own wait for it, a
 * millisecond at the least, before each request that they send. Those with TLS wait as before, as only reading shows what has come.
 */
final class PromptConnections implements HttpConnectionFactory<ManagedHttpClientConnection> {

    private static final String LOOK = "isDataAvailable";

    @Override
    public ManagedHttpClientConnection createConnection(Socket socket) throws IOException {
        WholeHeads heads = new WholeHeads();
        ManagedHttpClientConnection connection = ManagedHttpClientConnectionFactory.builder().responseParserFactory(heads).build()
                .createConnection(socket);
        return (ManagedHttpClientConnection) Proxy.newProxyInstance(PromptConnections.class.getClassLoader(),
                new Class<?>[] { ManagedHttpClientConnection.class }, (proxy, method, arguments) -> {
                    if (method.getName().equals(LOOK) && connection.getSocket() != null && !(connection.getSocket() instanceof SSLSocket)) {
                        return heads.isMoreRead() || connection.getSocket().getInputStream().available() > 0;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
