// For tests: the tables of published tensor names, and a source made of one.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "base/text/text.h"
#include "neural/testing/golden_files.h"
#include "neural/weights/source.h"

namespace neural::wan::testing {

using NameTable = std::map<std::string, tensor::Shape>;

// names/MODEL.tsv; empty where it cannot be read.
inline NameTable read_names(const std::string& model) {
    NameTable table;
    std::ifstream file(neural::testing::golden_folder() / "names" / (model + ".tsv"));
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') continue;
        const auto columns = base::split(line, '\t');
        if (columns.size() < 2) continue;
        tensor::Shape shape;
        for (const std::string& axis : base::split(columns[1], 'x')) shape.append(std::stoll(axis));
        table[columns[0]] = shape;
    }
    return table;
}

// A file that has the tensors of a table, without values.
class TableSource final : public TensorSource {
public:
    explicit TableSource(NameTable table) : table_(std::move(table)) {}
    std::string where() const override { return "a table"; }
    std::vector<std::string> names() const override {
        std::vector<std::string> names;
        for (const auto& [name, shape] : table_) names.push_back(name);
        return names;
    }
    std::optional<TensorInfo> info(const std::string& name, const tensor::Shape&) const override {
        const auto found = table_.find(name);
        if (found == table_.end()) return std::nullopt;
        return TensorInfo{tensor::DType::F32, found->second};
    }
    base::Result<tensor::Tensor> load(const std::string&,
                                      const tensor::Shape& wanted) const override {
        static const auto nothing = std::make_shared<std::byte>();
        return tensor::Tensor(wanted, tensor::DType::F32, nothing);
    }
    std::string metadata(const std::string&) const override { return {}; }

private:
    NameTable table_;
};

}  // namespace neural::wan::testing
