// `aozora bench neural`: whole nets and single blocks of the published models at true width, with
// random weights, in f32 and in 8 bits.
#pragma once

#include <cstdint>
#include <string>

#include "base/core/result.h"

namespace neural::bench {

struct Options {
    std::string only;   // prefix of the rows to run, "" for all
    int threads = 0;    // 0: all cores
    int repeats = 1;    // median of so many
    int blocks = 2;     // of the stacks wan-step and ltx-stack; 30 and 48 are the whole models
    bool full = false;  // the VAE at 768x512 instead of 256x192
};

// Prints a table to stdout; returns the number of rows.
base::Result<int> run(const Options& options);

// A file of 42 GB that holds LTX 2.3's transformer and no bytes on disk, in a folder of its own
// below `folder`: opens it, loads the net from it; the seconds of both. The folder is removed.
struct Start {
    double bytes = 0, open_s = 0, load_s = 0, resident_mib = 0;
};
base::Result<Start> start_large_file(const std::string& folder);

}  // namespace neural::bench
