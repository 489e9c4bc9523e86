#include "neural/goldens/components.h"

namespace neural::goldens {

base::Result<Outputs> run_ltx_duration_head(const Case&) {
    return base::Error{base::ErrorKind::NotBuilt, "not built yet", {}};
}

}  // namespace neural::goldens
