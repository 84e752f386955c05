/**
 * Whom to trust in TLS, be it Paheko or Redis at the other end.
 */
package io.github.passerelle.tls;
