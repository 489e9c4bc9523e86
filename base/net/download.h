// One large file over HTTP: in parallel parts, gone on with where it stopped (even after kill -9),
// checked, and in its place only when it is whole.
//
// Beside the target lie TARGET.part (the bytes, full size from the start, with holes) and
// TARGET.part.log (which pieces are there). Both go away when the file is done or its bytes turn
// out to be wrong; they stay when the network fails, so that the next call goes on.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "base/net/http_header.h"
#include "base/signal/source.h"

namespace base {

struct DownloadProgress {
    int64_t done_bytes = 0, total_bytes = 0;  // total -1: not known
    bool checking = false;                    // all bytes are here; done counts the checked ones
};

struct DownloadRequest {
    std::string url;
    std::vector<HttpHeader> headers;  // not sent on to another host after a redirect
    std::string target;
    int64_t size_bytes = -1;  // -1: not known; then in one go, and from the start each time
    std::string sha256;       // of the whole, 64 hex digits; empty: not checked
    std::string version;      // pieces of another version are not gone on with
    int connections = 4;
    int64_t piece_bytes = 32 << 20;
    double stall_timeout_s = 30;
    int attempts = 5;           // of one piece in a row without a single byte
    double first_wait_s = 1;    // before the second attempt; doubled each time
    double most_wait_s = 60;    // what Retry-After may ask for
    bool allow_private = true;  // the operator chose the address
    // Called by one thread at a time, any thread.
    std::function<void(const DownloadProgress&)> on_progress;
    const CancelToken* cancel = nullptr;
};

// Errors say what the server answered, that the disk is full, that the bytes are not the announced
// ones, that another process is at it.
Status download(const DownloadRequest& request);

}  // namespace base
