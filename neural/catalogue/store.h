// The models on this machine: folders below one folder, each with the files of one model and
// aozora-model.json, which says what they are. A folder without that file is no model; so what is
// half fetched never counts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/core/result.h"

namespace neural {

struct InstalledFile {
    std::string part;  // CatalogueFile::part, or the file's name for models from elsewhere
    std::string path;  // below the model's folder; open_weights() reads it
    std::string origin, commit, sha256;  // where known
    uint64_t bytes = 0;
};

struct InstalledModel {
    std::string id, title, licence;
    std::string folder;
    std::vector<InstalledFile> files;

    uint64_t bytes() const;
    // Full path of a part; an Error that lists the parts where there is no such.
    base::Result<std::string> file(const std::string& part) const;
};

// AOZORA_MODELS, else $XDG_DATA_HOME/aozora/models, else ~/.local/share/aozora/models.
std::string models_folder();

// Sorted by id. Folders that cannot be read are left out.
std::vector<InstalledModel> installed_models(const std::string& folder);
// NotFound with how to get it.
base::Result<InstalledModel> find_installed(const std::string& folder, const std::string& id);

// Writes aozora-model.json into model.folder.
base::Status describe_model(const InstalledModel& model);

// Letters, digits, dots, dashes and underscores, no dot in front, 1 to 64 long.
bool is_model_id(const std::string& id);

}  // namespace neural
