#include <algorithm>

#include "base/text/text.h"
#include "neural/engine/ltx_model.h"
#include "neural/engine/model.h"
#include "neural/engine/wan_model.h"
#include "tensor/core/memory.h"
#include "tensor/core/parallel.h"

namespace neural {

std::vector<std::string> installed_models(const std::string&) { return {"tiny-ltx", "tiny-wan"}; }

base::Result<std::shared_ptr<Model>> open_model(const std::string& id, const OpenOptions& options) {
    tensor::set_threads(options.threads);
    tensor::set_memory_budget(options.memory_bytes);
    if (id == "tiny-ltx") return open_tiny_ltx(options);
    if (id == "tiny-wan") return open_tiny_wan(options);
    return base::Error{base::ErrorKind::NotFound,
                       "there is no model \"" + id + "\" here; installed are " +
                           base::join(installed_models(options.folder), ", ") +
                           "; \"aozora pull\" brings others",
                       "--engine neural:" + id};
}

}  // namespace neural
