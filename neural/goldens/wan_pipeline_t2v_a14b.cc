#include "neural/goldens/wan_loop.h"

namespace neural::goldens {

base::Result<Outputs> run_wan_pipeline_t2v_a14b(const Case& c) {
    return run_wan_loop(c, wan::ImageUse::None, true);
}

}  // namespace neural::goldens
