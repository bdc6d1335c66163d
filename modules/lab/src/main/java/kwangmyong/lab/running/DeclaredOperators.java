package kwangmyong.lab.running;

import java.util.Map;
import java.util.Set;
import kwangmyong.access.api.OperatorScopes;
import kwangmyong.access.api.Scope;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.config.LabDeclaration.Operator;

/** What each operator may do, by the declaration that was read last; whoever owns the lab's process may do everything. */
final class DeclaredOperators implements OperatorScopes {
    /** Who acts when it is not an operator at the console: whoever owns the lab's process. */
    static final String OWNER = "kwm";

    private volatile Map<String, Operator> operators;

    DeclaredOperators(LabDeclaration declaration) {
        this.operators = declaration.operators();
    }

    void declare(LabDeclaration declaration) {
        operators = declaration.operators();
    }

    /** Whoever owns the process does not come over the network. */
    @Override
    public boolean isOperator(String name) {
        return operators.containsKey(name);
    }

    @Override
    public Set<Scope> of(String operator) {
        Operator declared = operators.get(operator);
        if (declared != null) {
            return declared.scopes();
        }
        return operator.equals(OWNER) ? Scope.all() : Set.of();
    }
}
