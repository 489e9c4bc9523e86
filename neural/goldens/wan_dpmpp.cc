#include "neural/goldens/flow_steps.h"

namespace neural::goldens {

base::Result<Outputs> run_wan_dpmpp(const Case& c) { return run_flow_steps(c, "dpm++"); }

}  // namespace neural::goldens
