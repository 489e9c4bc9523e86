// Brings a model onto this machine: from the hub, from an address, from a folder.
//
// Everything is fetched into MODELS/.pull-ID and renamed to MODELS/ID when all of it is there and
// reads as weights. What was fetched stays for the next call when the network, the disk or the
// process fails.
#pragma once

#include <functional>
#include <string>

#include "neural/catalogue/catalogue.h"
#include "neural/catalogue/hub.h"
#include "neural/catalogue/store.h"

namespace neural {

struct PullProgress {
    std::string file;
    uint64_t done_bytes = 0, total_bytes = 0;  // of all files
    bool checking = false;                     // the file's hash is computed
};

struct PullOptions {
    HubOptions hub;
    std::string models;  // models_folder()
    int connections = 4;
    int64_t piece_bytes = 32 << 20;
    double stall_timeout_s = 30;
    bool again = false;                                    // replaces a model that is there
    std::function<void(const PullProgress&)> on_progress;  // any thread, one at a time
};

// Licences are the caller's to show. Errors: as hub.h and base/net/download.h, too little room on
// the disk, another process at it.
base::Result<InstalledModel> pull_model(const CatalogueModel& model, const PullOptions& options);
// One file from `url`, installed as `id`.
base::Result<InstalledModel> pull_address(const std::string& url, const std::string& id,
                                          const PullOptions& options);
// A file or a folder (two levels deep) with weights, copied, installed as `id`.
base::Result<InstalledModel> pull_folder(const std::string& path, const std::string& id,
                                         const PullOptions& options);

}  // namespace neural
