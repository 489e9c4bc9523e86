// record.json: world's Record and script's report, composed (docs/formats/record.md).
#pragma once

#include <string>

#include "base/core/result.h"
#include "base/json/json.h"
#include "script/shots/shot_list.h"
#include "world/record/record.h"

namespace studio {

class RecordFile : public world::MemoryRecord {
public:
    // Keeps nothing unless `wanted`: long films need no memory for a record nobody asked for.
    explicit RecordFile(bool wanted) : wanted_(wanted) {}
    void begin_shot(int shot, double start_s, double end_s) override {
        if (wanted_) MemoryRecord::begin_shot(shot, start_s, end_s);
    }
    void body(const world::RecordedBody& body) override {
        if (wanted_) MemoryRecord::body(body);
    }
    void event(const world::Event& event) override {
        if (wanted_) MemoryRecord::event(event);
    }
    void track(const std::string& body, const world::TrackSample& sample) override {
        if (wanted_) MemoryRecord::track(body, sample);
    }
    base::Json to_json(const script::ShotList& shots, const script::Report& report) const;
    base::Status write(const std::string& path, const script::ShotList& shots,
                       const script::Report& report) const;

private:
    bool wanted_;
};

}  // namespace studio
