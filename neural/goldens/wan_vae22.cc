#include "neural/goldens/wan_vae.h"

namespace neural::goldens {

base::Result<Outputs> run_wan_vae22(const Case& c) { return run_wan_vae(c); }

}  // namespace neural::goldens
