// Strangers' files are decoded by a child process that can do nothing but that: bubblewrap gives it
// no network, no other files and no other processes; where bubblewrap cannot be used it is at least
// without network (as root) and new privileges. Either way its CPU seconds, memory and output are
// limited, and it is killed when it takes too long.
#pragma once

#include <string>

#include "base/core/result.h"
#include "base/signal/source.h"
#include "studio/worker/decode_untrusted.h"

namespace studio {

struct Sandbox {
    // The program that is started: it must know `decode-untrusted KIND IN OUT SECONDS` and
    // `--version`. "" = no child at all, this process decodes: for tests, whose files are their
    // own.
    std::string program = "/proc/self/exe";
    double cpu_s = 900, wall_s = 1800;
    int64_t memory_bytes = int64_t{6} << 30, file_bytes = int64_t{4} << 30;
    bool bubblewrap = true;  // when it works here
};

// As decode_untrusted(), in a child. A child that dies means that the file is not to be trusted:
// invalid_video, invalid_image or invalid_audio.
base::Status decode_in_sandbox(const Sandbox& sandbox, Untrusted kind, const std::string& from,
                               const std::string& to, const DecodeLimits& limits,
                               const base::CancelToken* cancel);

// Whether bubblewrap confines `program` on this machine; tried once in a process. Any thread.
bool bubblewrap_works(const std::string& program);

// What the child prints when it refuses a file, and what the parent reads: one line of JSON.
std::string refusal_line(const base::Error& error);

}  // namespace studio
