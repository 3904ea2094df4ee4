package io.gradiometer.agent;

import net.bytebuddy.agent.ByteBuddyAgent;
import org.apiguardian.api.API;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Attaches the agent to the JVM in which JUnit starts, where the jar is a plain test dependency. Registered by a service file.
 */
@API(status = API.Status.INTERNAL)
public final class SelfAttachment implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (GradiometerAgent.isAttached()) {
            return;
        }
        try {
            GradiometerAgent.agentmain("", ByteBuddyAgent.install());
        } catch (RuntimeException | LinkageError e) {
            Console.ofThisJvm()
                    .say("not observed: the agent cannot attach itself to this JVM (" + e
                            + "); start it with -javaagent:gradiometer-agent.jar instead");
        }
    }
}
