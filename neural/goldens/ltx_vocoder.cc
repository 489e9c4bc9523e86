#include "neural/goldens/components.h"

namespace neural::goldens {

base::Result<Outputs> run_ltx_vocoder(const Case&) {
    return base::Error{base::ErrorKind::NotBuilt, "not built yet", {}};
}

}  // namespace neural::goldens
