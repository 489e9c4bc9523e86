// `aozora bench tensor`: every operator at the shapes of real nets.
#pragma once

#include <string>

namespace tensor::bench {

struct Options {
    std::string only;  // prefix of the rows to run, "" for all
    int threads = 1;   // processor time is told per thread, so 1 sees a neighbour least
    int repeats = 3;   // median of so many
};

// Prints a table to stdout: GFLOP/s (by processor time), % of the ceiling measured right before the
// row, GB/s for what is bound by memory, and the naive oneDNN form beside it where there is one.
// Returns the number of rows.
int run(const Options& options);

}  // namespace tensor::bench
