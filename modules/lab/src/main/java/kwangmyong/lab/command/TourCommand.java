package kwangmyong.lab.command;

import java.io.IOException;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import kwangmyong.lab.choice.LabChoice;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.control.OwnScreen;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.parts.Addressing;
import kwangmyong.lab.parts.Authorities;
import kwangmyong.lab.process.RunFile;
import kwangmyong.lab.running.ControlWord;
import kwangmyong.lab.running.OperatedTour;
import kwangmyong.lab.tour.Terminals;
import kwangmyong.lab.tour.Tour;
import kwangmyong.lab.tour.TourPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "tour",
        header = "Hold every promise of a running lab against the wire.",
        description =
                "Asks as every subject for every kind of thing, and shows what tour.yaml promises beside what came. In isolated mode each asks at their own terminal. Subjects without a seat are logged in for the while, and grants are given and taken back.",
        mixinStandardHelpOptions = true,
        exitCodeList = {
            "0:every promise holds",
            "1:one does not",
            "2:bad usage or configuration",
            "3:the lab is not running"
        },
        footer = {"  kwm tour", "  kwm tour --json"})
public final class TourCommand implements Callable<Integer> {
    @Mixin
    LabChoice choice = new LabChoice();

    @Option(names = "--json", description = "print JSON")
    boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RunFile.About about = choice.running();
        LabFolder folder = new LabFolder(about.lab());
        if (about.mode() == RunFile.Mode.ISOLATED) { // only the lab itself is where its terminals are
            Declared.tourOrExplain(folder);
            return choice.ask(
                    OwnScreen.here(),
                    ControlWord.TOUR.with(
                            List.of(folder.folder().toString(), json ? OperatedTour.JSON : OperatedTour.TEXT)));
        }
        LabDeclaration lab = Declared.orExplain(folder);
        TourPlan plan = Declared.tourOrExplain(folder);
        if (about.mode() == RunFile.Mode.CONTAINER) {
            plan = ofHere(plan);
            if (plan.askers().isEmpty()) {
                System.err.println(
                        "kwm: nobody's terminal is here, so that nothing can be asked; run this in a terminal's container");
                return ExitStatus.USAGE;
            }
        }
        Tour tour = OperatedTour.of(
                lab,
                Addressing.plan(lab, about.mode(), about.offset()),
                Terminals.here(),
                Authorities.open(choice.state().keys()).garden(),
                choice.state());
        return OperatedTour.show(tour, plan, json, OwnScreen.isTerminal(), System.out, System.err);
    }

    /** Whoever asks from a terminal that is here; where packets are real, nobody speaks as another. */
    private static TourPlan ofHere(TourPlan plan) throws IOException {
        List<TourPlan.Asker> here = new ArrayList<>();
        List<String> elsewhere = new ArrayList<>();
        for (TourPlan.Asker asker : plan.askers()) {
            if (NetworkInterface.getByInetAddress(asker.terminal()) == null) {
                elsewhere.add(asker.name());
            } else {
                here.add(asker);
            }
        }
        if (!elsewhere.isEmpty()) {
            System.err.println("kwm: not asked as " + String.join(", ", elsewhere) + ", whose terminals are not here");
        }
        return new TourPlan(here, plan.resources(), plan.mail());
    }
}
