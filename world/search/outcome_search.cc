#include "world/search/outcome_search.h"

#include <atomic>
#include <optional>
#include <thread>

#include "base/core/random.h"

namespace world {

namespace {

constexpr int kBlock = 8;  // tries simulated before the judge's answers are looked at

std::vector<double> sample(const SearchRequest& request, int index) {
    base::Rng random(base::hash_combine(request.seed, static_cast<uint64_t>(index)), 3);
    std::vector<double> out;
    for (const SearchParameter& p : request.parameters) {
        const double offset = p.spread == SearchParameter::Spread::Gaussian
                                  ? p.width * random.normal()
                                  : p.width * random.uniform(-1, 1);
        out.push_back(index == 0 ? p.nominal : p.nominal + offset);
    }
    return out;
}

struct Answer {
    std::vector<double> parameters;
    std::optional<Verdict> verdict;
    base::Error error;
};

base::Result<Verdict> simulate(const SearchRequest& request, const std::vector<double>& start) {
    const Scene scene = TRY(request.build(start));
    const auto driver = request.make_driver ? request.make_driver(scene) : nullptr;
    SimulatorSettings settings = request.settings;
    settings.record_slides = false;
    const auto simulator = TRY(Simulator::create(scene, settings, driver.get()));
    Attempt attempt;
    attempt.parameters = start;
    const auto frames = static_cast<int>(std::ceil(request.seconds * request.sample_fps));
    for (int i = 0; i <= frames; ++i) {
        simulator->advance_to(i / request.sample_fps);
        for (Event& e : simulator->take_events()) attempt.events.push_back(std::move(e));
        attempt.snapshots.push_back(simulator->snapshot());
        if (request.over && request.over(attempt.snapshots.back(), attempt.events)) break;
    }
    simulator->flush_events();
    for (Event& e : simulator->take_events()) attempt.events.push_back(std::move(e));
    return request.judge(attempt);
}

Answer try_once(const SearchRequest& request, int index) {
    Answer answer;
    answer.parameters = sample(request, index);
    auto verdict = simulate(request, answer.parameters);
    if (verdict.ok()) answer.verdict = *verdict;
    else answer.error = verdict.error();
    return answer;
}

}  // namespace

base::Result<SearchResult> search_outcome(const SearchRequest& request) {
    CHECK(request.build && request.judge, "a search needs a builder and a judge");
    std::optional<SearchResult> best;
    base::Error first_error = base::failed("no try was made");
    for (int first = 0; first < request.max_tries; first += kBlock) {
        const int count = std::min(kBlock, request.max_tries - first);
        std::vector<Answer> answers(static_cast<size_t>(count));
        std::atomic<int> next{0};
        const auto work = [&] {
            for (int i = next++; i < count; i = next++) {
                answers[static_cast<size_t>(i)] = try_once(request, first + i);
            }
        };
        std::vector<std::jthread> helpers;
        for (int t = 1; t < std::min(request.threads, count); ++t) helpers.emplace_back(work);
        work();
        helpers.clear();
        for (int i = 0; i < count; ++i) {
            const Answer& answer = answers[static_cast<size_t>(i)];
            if (!answer.verdict) {
                if (first + i == 0) first_error = answer.error;
                continue;
            }
            const SearchResult result{answer.verdict->accepted, first + i + 1,
                                      answer.verdict->score, answer.parameters};
            if (result.accepted) return result;
            if (!best || result.score > best->score) best = result;
        }
    }
    if (!best) return first_error;
    best->tries = request.max_tries;
    return *best;
}

}  // namespace world
