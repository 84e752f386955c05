/** Tests of what is handed out: the archive, the systemd unit. */
package io.github.passerelle.distribution;
