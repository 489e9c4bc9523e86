// aozora bench server: what `aozora serve` costs, beside the least that could do the same.
#pragma once

#include <cstdint>

namespace apps {

// Starts this program as a server on a folder of its own and prints docs/speed.md's figures of it.
// `seconds`: of each measurement; `videos`: in the database when lists are timed.
int bench_server(double seconds, int64_t videos);

}  // namespace apps
