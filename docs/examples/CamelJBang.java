import org.apache.camel.dsl.jbang.core.commands.CamelJBangMain;

/** Camel JBang without the jbang command. */
class CamelJBang {

    public static void main(String[] args) {
        CamelJBangMain.run(args);
    }
}
