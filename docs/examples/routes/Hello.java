import org.apache.camel.builder.RouteBuilder;

/** GET /hello: which version of Camel is at work here. */
public class Hello extends RouteBuilder {

    @Override
    public void configure() {
        from("platform-http:/hello?httpMethodRestrict=GET").routeId("hello")
                .removeHeaders("*")
                .setHeader("Content-Type", constant("text/plain"))
                .setBody(constant("Camel " + getContext().getVersion()));
    }
}
