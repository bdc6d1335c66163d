package kwangmyong.gateway;

import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Reason;

/** What the gateway's pages say in Korean; the English is the kernel's own. */
final class Words {
    private Words() {}

    static String korean(Reason reason) {
        return switch (reason) {
            case NO_RULE -> "이를 허용하는 규칙이 없습니다";
            case FORBIDDEN -> "규칙이 금지합니다";
            case CLEARANCE -> "가진 권한이 필요한 권한에 미치지 못합니다";
            case WRONG_SUBJECT -> "규칙이 다른 리용자에게만 적용됩니다";
            case WRONG_PLACE -> "이 접속 장소에는 규칙이 적용되지 않습니다";
            case WRONG_HOUR -> "지금 시간에는 규칙이 적용되지 않습니다";
            case NOT_LOGGED_IN -> "이 단말기에 로그인한 리용자가 없습니다";
            case UNKNOWN_TERMINAL -> "단말기가 어느 접속 장소에도 속하지 않습니다";
            case SEAT_MISMATCH -> "다른 리용자의 단말기입니다";
            case BAD_CREDENTIALS -> "이름이나 비밀번호가 맞지 않습니다";
            case TOO_MANY_ATTEMPTS -> "실패한 시도가 너무 많습니다. 나중에 다시 시도하십시오";
            case LOCKED -> "계정이 잠겨 있습니다";
            case TOO_MANY_SESSIONS -> "동시에 로그인할수 있는 단말기수를 넘었습니다";
            case SESSION_ENDED -> "이를 시작한 세션이 끝났습니다";
            case PORT -> "관문이 이 포트에는 접속하지 않습니다";
            case ADDRESS_MISMATCH -> "이름이 가리켜서는 안 되는 주소를 가리킵니다";
            case HOST_MISMATCH -> "Host 항목이 요청과 다른 호스트를 가리킵니다";
            case SNI_MISMATCH -> "TLS 인사가 통로와 다른 호스트를 가리킵니다";
            case CONTENT -> "그 내용은 통과시킬수 없습니다";
            case QUOTA_EXCEEDED -> "정해진 한도를 다 썼습니다";
            case MALFORMED -> "요청을 한가지로 리해할 수 없습니다";
            default -> "허용되지 않습니다";
        };
    }

    static String korean(Action action) {
        return switch (action) {
            case RESOLVE -> "이름 찾기";
            case TUNNEL -> "통로 열기";
            case LOG_IN -> "로그인";
            default -> "가져오기";
        };
    }
}
