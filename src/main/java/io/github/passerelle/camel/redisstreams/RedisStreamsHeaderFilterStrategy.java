package io.github.passerelle.camel.redisstreams;

import org.apache.camel.support.DefaultHeaderFilterStrategy;

/**
 * Keeps what Camel itself acts upon, headers whose names begin with <tt>camel</tt> or <tt>org.apache.camel.</tt> in upper or lower case, from
 * going into an entry and from being set by one: whoever may write to a stream must not steer the route that reads it.
 */
public class RedisStreamsHeaderFilterStrategy extends DefaultHeaderFilterStrategy {

    private static final String[] CAMELS_OWN = { "camel", "org.apache.camel." };

    public RedisStreamsHeaderFilterStrategy() {
        // names are compared in lower case, so the beginnings must be written so
        setLowerCase(true);
        setInFilterStartsWith(CAMELS_OWN);
        setOutFilterStartsWith(CAMELS_OWN);
    }
}
