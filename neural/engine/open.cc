#include "neural/engine/model.h"

namespace neural {

std::vector<std::string> installed_models(const std::string&) { return {"tiny-ltx", "tiny-wan"}; }

base::Result<std::shared_ptr<Model>> open_model(const std::string& id, const OpenOptions&) {
    return base::Error{base::ErrorKind::NotFound, "there is no model \"" + id + "\" here", {}};
}

}  // namespace neural
