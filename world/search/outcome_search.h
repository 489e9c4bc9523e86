// Outcome search: a wanted outcome ("misses", "bounces twice") is met by simulating from sampled
// starts until one fits. Nothing is steered on the way; only the start is chosen.
//
// Deterministic: try i depends on (seed, i) only, and the accepted try with the lowest index wins,
// so the result is the same for any number of threads. Try 0 is the nominal start itself.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "world/step/simulator.h"

namespace world {

struct SearchParameter {
    enum class Spread { Gaussian, Uniform };
    std::string name;  // for reports: "speed_mps"
    double nominal = 0;
    double width = 0;  // standard deviation, or half range when uniform
    Spread spread = Spread::Gaussian;
};

// What the judge sees of one try.
struct Attempt {
    std::vector<double> parameters;
    std::vector<Event> events;        // in time order, flushed
    std::vector<Snapshot> snapshots;  // at sample_fps
};

struct Verdict {
    bool accepted = false;
    double score = 0;  // higher is nearer to what was wanted; for the fallback
};

struct SearchRequest {
    std::vector<SearchParameter> parameters;
    // Called from several threads at once.
    std::function<base::Result<Scene>(const std::vector<double>&)> build;
    std::function<Verdict(const Attempt&)> judge;
    // Optional: a driver for the scene (figures). Lives as long as the try.
    std::function<std::unique_ptr<Driver>(const Scene&)> make_driver;
    // Optional: true ends a try early (the ball lies still); asked at sample_fps.
    std::function<bool(const Snapshot&, const std::vector<Event>&)> over;
    double seconds = 3;
    double sample_fps = 30;
    int max_tries = 200;
    int threads = 1;
    uint64_t seed = 1;
    SimulatorSettings settings;  // record_slides is switched off
};

struct SearchResult {
    bool accepted = false;  // false: the best of all tries, tell the user
    int tries = 0;          // index of the chosen try + 1, or all
    double score = 0;
    std::vector<double> parameters;
};

// Fails only when no try could be built or simulated.
base::Result<SearchResult> search_outcome(const SearchRequest& request);

}  // namespace world
