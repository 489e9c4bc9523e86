#include "neural/catalogue/loras.h"

#include <algorithm>
#include <filesystem>

#include "base/text/text.h"
#include "neural/catalogue/store.h"

namespace neural {
namespace {

namespace fs = std::filesystem;

constexpr const char* kEnding = ".safetensors";

fs::path folder_of_loras(const std::string& folder) { return fs::path(folder) / "loras"; }

}  // namespace

std::vector<std::string> installed_loras(const std::string& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator it(folder_of_loras(folder), error), end; !error && it != end;
         it.increment(error)) {
        std::error_code kind;
        const std::string name = it->path().stem().string();
        if (it->path().extension() == kEnding && is_model_id(name) &&
            fs::is_regular_file(it->path(), kind))
            names.push_back(name);
    }
    std::ranges::sort(names);
    return names;
}

base::Result<std::string> find_lora(const std::string& folder, const std::string& name) {
    const fs::path path = folder_of_loras(folder) / (name + kEnding);
    std::error_code error;
    if (is_model_id(name) && fs::is_regular_file(path, error)) return path.string();
    const std::vector<std::string> names = installed_loras(folder);
    return base::Error{
        base::ErrorKind::NotFound,
        "there is no LoRA \"" + name + "\"; " +
            (names.empty() ? "none is installed" : "installed are " + base::join(names, ", ")) +
            "; they lie beside the models as loras/NAME" + kEnding,
        name};
}

}  // namespace neural
