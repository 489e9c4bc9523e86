#include <algorithm>

#include "base/text/text.h"
#include "neural/catalogue/store.h"
#include "neural/engine/compute.h"
#include "neural/engine/installed.h"
#include "neural/engine/ltx_model.h"
#include "neural/engine/memory_share.h"
#include "neural/engine/model.h"
#include "neural/engine/wan_model.h"
#include "tensor/core/parallel.h"
#include "tensor/ops/linear.h"

namespace neural {
namespace {

constexpr const char* kTiny[] = {"tiny-ltx", "tiny-wan"};

std::string folder_of(const std::string& folder) {
    return folder.empty() ? models_folder() : folder;
}

base::Result<std::shared_ptr<Model>> open_installed(const InstalledModel& model,
                                                    const OpenOptions& options) {
    if (model.id.starts_with("wan")) return open_wan(model.id, model.folder, options);
    ModelParts parts;
    for (const InstalledFile& file : model.files) parts[file.part] = TRY(model.file(file.part));
    return open_ltx(model.id, parts, options);
}

}  // namespace

base::Result<double> Model::seconds_of(const std::string&, double, const base::CancelToken*) {
    return base::usage_error(
        "the model " + id() + " has no idea how long a shot lasts; say how many seconds",
        "seconds");
}

std::vector<std::string> usable_models(const std::string& folder) {
    std::vector<std::string> ids(std::begin(kTiny), std::end(kTiny));
    for (const InstalledModel& model : installed_models(folder_of(folder))) ids.push_back(model.id);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

base::Result<std::shared_ptr<Model>> open_model(const std::string& id, const OpenOptions& options) {
    tensor::set_threads(options.threads);
    MemoryShare(options.memory_bytes).for_nets();
    tensor::set_compute(TRY(chosen_compute()));
    if (id == kTiny[0]) return open_tiny_ltx(options);
    if (id == kTiny[1] || id.starts_with("wan")) {
        if (options.diffusion_decoder)
            return base::usage_error("Wan has one decoder, no diffusion decoder", "decoder");
    }
    if (id == kTiny[1]) return open_tiny_wan(options);
    const auto found = find_installed(folder_of(options.folder), id);
    if (!found.ok()) {
        return base::Error{base::ErrorKind::NotFound,
                           "there is no model \"" + id + "\" here; installed are " +
                               base::join(usable_models(options.folder), ", ") +
                               "; \"aozora models\" lists what \"aozora pull\" brings",
                           "--engine neural:" + id};
    }
    return open_installed(*found, options);
}

}  // namespace neural
