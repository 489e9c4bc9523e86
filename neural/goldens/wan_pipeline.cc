#include "neural/goldens/wan_loop.h"

namespace neural::goldens {

base::Result<Outputs> run_wan_pipeline(const Case& c) {
    return run_wan_loop(c, wan::ImageUse::CleanTokens, false);
}

}  // namespace neural::goldens
