#include "neural/goldens/flow_steps.h"

namespace neural::goldens {

base::Result<Outputs> run_wan_unipc(const Case& c) { return run_flow_steps(c, "unipc"); }

}  // namespace neural::goldens
