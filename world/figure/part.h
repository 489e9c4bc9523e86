// What a figure does, remembered: a rehearsal plays the same part dozens of times, and solving a
// body's joints costs more than all else that moves in a shot of one player and one ball.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "world/figure/limbs.h"
#include "world/figure/motion/performance.h"

namespace world {

// One figure's. One thread at a time.
class Part {
public:
    struct Moment {
        FigureState state;
        std::vector<BodyState> limbs;  // as figure_limbs() lists them; poses and velocities
    };

    explicit Part(const FigureModel& figure);

    // Stays valid until the next call. The same to the bit whether it was remembered or not.
    const Moment& at(double t_s);
    const Performance& performance() const { return performance_; }
    const std::vector<Limb>& limbs() const { return limbs_; }

private:
    friend class PartBook;
    Moment solve(double t_s) const;

    Performance performance_;
    std::vector<Limb> limbs_;
    std::unordered_map<double, Moment> moments_;  // by time
    Moment last_;
    int* room_ = nullptr;  // how many more moments may be kept; null = none
};

// The parts of one rehearsal. Figures that are equal share theirs, which remembers its moments
// (about 4 kB each, kMostMoments of all parts, the first ones asked for) for as long as the book
// lives; drivers may outlive it. One thread.
class PartBook {
public:
    static constexpr int kMostMoments = 4096;

    PartBook() = default;
    ~PartBook();
    PartBook(const PartBook&) = delete;
    PartBook& operator=(const PartBook&) = delete;

    std::shared_ptr<Part> part_of(const FigureModel& figure);

private:
    std::map<std::string, std::shared_ptr<Part>> parts_;  // by all that a performance depends on
    int room_ = kMostMoments;
};

}  // namespace world
