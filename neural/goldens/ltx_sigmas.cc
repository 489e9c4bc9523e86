#include "neural/goldens/components.h"
#include "neural/sampler/sigmas.h"

namespace neural::goldens {

base::Result<Outputs> run_ltx_sigmas(const Case& c) {
    Outputs out;
    for (const int64_t tokens : TRY(integers(c.run, "tokens", {}))) {
        for (const int64_t steps : TRY(integers(c.run, "steps", {}))) {
            if (steps < 1 || steps > 100000) return base::failed("impossible steps", c.id);
            const std::vector<double> table = sampler::shifted_sigmas(steps, tokens);
            const std::vector<float> values(table.begin(), table.end());
            out["out.sigmas.tokens" + std::to_string(tokens) + ".steps" + std::to_string(steps)] =
                tensor::Tensor::from({steps + 1}, values);
        }
    }
    return out;
}

}  // namespace neural::goldens
