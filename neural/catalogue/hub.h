// The part of the Hugging Face hub's HTTP protocol that fetching needs (huggingface_hub,
// file_download.py and hf_api.py, describe it): HEAD ENDPOINT/REPO/resolve/REVISION/PATH answers
// with X-Linked-Size and X-Linked-Etag (the SHA-256) of large files, which it then redirects to a
// store; X-Repo-Commit; X-Error-Code and X-Error-Message where it refuses.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "base/signal/source.h"

namespace neural {

struct HubOptions {
    std::string endpoint = "https://huggingface.co";  // or a mirror, without a slash at the end
    std::string token;                                // sent to the endpoint only
    int attempts = 5;
    double first_wait_s = 1;
    double most_wait_s = 60;
    const base::CancelToken* cancel = nullptr;
};

struct HubFile {
    std::string url;     // to GET, with the commit in place of the branch
    std::string commit;  // "" where the server does not say
    std::string sha256;  // "" for small files
    std::string etag;
    int64_t bytes = -1;
};

// Errors: what the server said in its own words, and what to do (accept the licence on the hub,
// give a token); for a file that is not there, what the repository holds.
base::Result<HubFile> hub_resolve(const HubOptions& options, const std::string& repository,
                                  const std::string& revision, const std::string& path);

// The paths of all files of a repository.
base::Result<std::vector<std::string>> hub_files(const HubOptions& options,
                                                 const std::string& repository,
                                                 const std::string& revision);

// The same questions to any address: its size and, where it is a hub's, its hash.
base::Result<HubFile> resolve_address(const HubOptions& options, const std::string& url);

}  // namespace neural
