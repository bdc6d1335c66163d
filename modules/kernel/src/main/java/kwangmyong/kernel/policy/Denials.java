package kwangmyong.kernel.policy;

import kwangmyong.kernel.access.Presentation;

/** How a denial looks in each layer. */
public record Denials(Presentation dns, Presentation http, Presentation.Mail mail, Presentation.Border border) {
    /** NXDOMAIN, 451 with the block page, 550 5.7.1, and flows reset. */
    public static final Denials DEFAULT =
            new Denials(Presentation.Dns.NXDOMAIN, Presentation.Http.BLOCK_PAGE, new Presentation.Mail(550, "5.7.1"));

    /** Where flows are reset. */
    public Denials(Presentation dns, Presentation http, Presentation.Mail mail) {
        this(dns, http, mail, Presentation.Border.RESET);
    }
}
