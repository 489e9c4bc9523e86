// Turns blows into the record's contact events and keeps all events in time order.
//
// One event per impact: the same pair of names within merge_s is one event whose impulses are
// summed. Events leave in order of time once nothing earlier can still come.
#pragma once

#include <vector>

#include "world/step/dynamics.h"

namespace world::step {

class EventLog {
public:
    // A blow of this step; false when it is no event (too slow, or a load that only shifted).
    void impact(const Dynamics& d, const Impact& impact);
    void add(Event event) { waiting_.push_back(std::move(event)); }
    // Moves what is final at `now_s` into the outbox; all of it when `flush`.
    void settle(double now_s, double merge_s, bool flush = false);
    std::vector<Event> take();

    const std::vector<Event>& waiting() const { return waiting_; }
    const std::vector<Event>& outbox() const { return outbox_; }
    void set(std::vector<Event> waiting, std::vector<Event> outbox) {
        waiting_ = std::move(waiting);
        outbox_ = std::move(outbox);
    }

private:
    std::vector<Event> waiting_, outbox_;
};

// Hertz contact time of two bodies closing at `speed` (Johnson, "Contact Mechanics", 1985, 11.24):
// t = 2.87 (m^2 / (R E*^2 v))^(1/5), with m, R, E* the reduced mass, radius and modulus.
double hertz_duration_s(double reduced_mass_kg, double reduced_radius_m, double modulus_pa,
                        double speed_mps);

}  // namespace world::step
