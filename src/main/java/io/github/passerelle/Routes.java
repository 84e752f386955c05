package io.github.passerelle;

import org.apache.camel.main.Main;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.passerelle.booking.InvalidMappingException;
import io.github.passerelle.settings.InvalidSettingException;
import io.github.passerelle.settings.Settings;

/**
 * Runs the routes of the working directory until the process is told to end. Apart from the command line, as a command needs neither Camel nor a log.
 */
final class Routes {

    private static final Logger LOG = LoggerFactory.getLogger(Passerelle.class);

    private Routes() {
    }

    /** @return the exit code */
    static int run() {
        Main main = new Main();
        try {
            Settings settings = Settings.load();
            settings.warnings().forEach(LOG::warn);
            // the HTTP server serves no files: without this each process that is killed leaves a folder in the temporary directory
            System.setProperty("vertx.disableFileCPResolving", "true");
            main.bind("settings", settings);
            // Camel looks on the class path only; what an integrator edits lies beside the jar
            main.setDefaultPropertyPlaceholderLocation(
                    "file:application.properties;optional=true,classpath:application.properties;optional=true");
            main.addMainListener(new RoutesRequired());
            main.run();
            return main.getExitCode();
        } catch (InvalidSettingException e) {
            LOG.error(e.getMessage());
        } catch (Exception e) {
            InvalidMappingException mapping = ObjectHelper.getException(InvalidMappingException.class, e);
            if (mapping != null) {
                mapping.faults().forEach(LOG::error);
                return stop(main);
            }
            LOG.error("Cannot start: {}", RouteFailure.describe(e, main.getCamelContext()));
            LOG.debug("The whole failure", e);
        }
        return stop(main);
    }

    /** The end is this one's own: without it Camel's shutdown hook tells of a SIGTERM that nobody sent. */
    private static int stop(Main main) {
        main.getShutdownStrategy().shutdown();
        return 1;
    }
}
