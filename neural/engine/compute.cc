#include "neural/engine/compute.h"

#include <cstdlib>
#include <string>

namespace neural {

base::Result<tensor::Compute> chosen_compute() {
    const char* given = std::getenv("AOZORA_COMPUTE");
    const std::string name = given ? given : "";
    if (name.empty() || name == "auto") return tensor::fastest_compute();
    for (const auto compute :
         {tensor::Compute::F32, tensor::Compute::BF16, tensor::Compute::Int8}) {
        if (name == tensor::compute_name(compute)) return compute;
    }
    return base::usage_error(
        "\"" + name + "\" is nothing to compute in; use f32, bf16, int8 or auto", "AOZORA_COMPUTE");
}

}  // namespace neural
