// Progress of work on files: one line that is drawn over itself on a terminal, a line for every
// tenth in a log. On standard error.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace apps {

class Meter {
public:
    Meter(std::string what, bool shown);
    ~Meter();
    // `note` stands behind the percentage ("12 MB/s").
    void show(double fraction, const std::string& note);
    void finish();

private:
    std::string what_;
    bool shown_, terminal_, drawn_ = false;
    int last_tenth_ = -1;
    std::chrono::steady_clock::time_point last_;
};

std::string bytes_text(uint64_t bytes);  // "42.0 GB", powers of 1000

}  // namespace apps
