// Progress for people (a bar on a terminal, a line now and then in a log) and for programs (JSON
// lines on standard output).
#pragma once

#include <chrono>
#include <string>

#include "studio/director/take.h"

namespace apps {

enum class ProgressKind { None, Bar, Lines, Json };

class ProgressBar {
public:
    explicit ProgressBar(ProgressKind kind);
    ~ProgressBar();
    void show(const studio::Progress& progress);
    void finish();

private:
    void draw(const studio::Progress& progress, double eta_s);
    ProgressKind kind_;
    std::chrono::steady_clock::time_point start_, stage_start_, last_;
    studio::Stage stage_ = studio::Stage::Staging;
    bool drawn_ = false;
    int last_tenth_ = -1;
};

}  // namespace apps
