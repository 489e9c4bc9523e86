// A file being received: written as the bytes come, with its SHA-256. Never on an I/O thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "apps/server/http/message.h"
#include "apps/server/http/refusal.h"

struct evp_md_ctx_st;

namespace http {

// Removes its file unless finish() handed it out. A full disk is 507, any other trouble 500.
class UploadWriter {
public:
    UploadWriter() = default;
    ~UploadWriter();
    UploadWriter(const UploadWriter&) = delete;
    UploadWriter& operator=(const UploadWriter&) = delete;

    // Makes a new file (mode 0600) in `folder`.
    std::optional<Refusal> open(const std::string& folder);
    std::optional<Refusal> write(std::string_view bytes);
    // Not synced to the disk: whoever keeps the file does that when it gets its name.
    std::optional<Refusal> finish(UploadedFile& file);

private:
    Refusal failed(const char* doing, int error);
    void discard();
    int file_ = -1;
    int64_t bytes_ = 0;
    std::string path_;
    evp_md_ctx_st* digest_ = nullptr;
};

// Removes files that a killed server left in `folder`: those untouched for a day.
void remove_stale_uploads(const std::string& folder);

}  // namespace http
