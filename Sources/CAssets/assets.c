#include "CAssets.h"

// `#embed` can't stand in a macro, so each file has its array here and its line in the table below.

static const uint8_t lua_admit[] = {
#embed "lua/admit.lua"
};
static const uint8_t lua_live[] = {
#embed "lua/live.lua"
};
static const uint8_t lua_queue_acknowledge[] = {
#embed "lua/queue_acknowledge.lua"
};
static const uint8_t lua_queue_append[] = {
#embed "lua/queue_append.lua"
};
static const uint8_t lua_queue_claim[] = {
#embed "lua/queue_claim.lua"
};
static const uint8_t lua_queue_depth[] = {
#embed "lua/queue_depth.lua"
};
static const uint8_t lua_queue_extend[] = {
#embed "lua/queue_extend.lua"
};
static const uint8_t lua_queue_leave[] = {
#embed "lua/queue_leave.lua"
};
static const uint8_t lua_queue_postpone[] = {
#embed "lua/queue_postpone.lua"
};
static const uint8_t lua_queue_promote[] = {
#embed "lua/queue_promote.lua"
};
static const uint8_t lua_queue_reclaim[] = {
#embed "lua/queue_reclaim.lua"
};
static const uint8_t lua_recover[] = {
#embed "lua/recover.lua"
};
static const uint8_t lua_seal[] = {
#embed "lua/seal.lua"
};
static const uint8_t lua_settle[] = {
#embed "lua/settle.lua"
};
static const uint8_t lua_touched[] = {
#embed "lua/touched.lua"
};
static const uint8_t sql_0001_errors[] = {
#embed "sql/0001_errors.sql"
};
static const uint8_t sql_0002_ledger_and_dead_letters[] = {
#embed "sql/0002_ledger_and_dead_letters.sql"
};
static const uint8_t sql_insert_error_details[] = {
#embed "sql/insert_error_details.sql"
};
static const uint8_t sql_insert_errors[] = {
#embed "sql/insert_errors.sql"
};
static const uint8_t sql_insert_ledger[] = {
#embed "sql/insert_ledger.sql"
};
static const uint8_t sql_select_error_detail[] = {
#embed "sql/select_error_detail.sql"
};
static const uint8_t sql_select_errors[] = {
#embed "sql/select_errors.sql"
};
static const uint8_t sql_upsert_counts[] = {
#embed "sql/upsert_counts.sql"
};
static const uint8_t sql_upsert_dead_letter[] = {
#embed "sql/upsert_dead_letter.sql"
};

#define ASSET(path, array) {path, array, sizeof array}
static const ei_asset assets[] = {
    ASSET("lua/admit.lua", lua_admit),
    ASSET("lua/live.lua", lua_live),
    ASSET("lua/queue_acknowledge.lua", lua_queue_acknowledge),
    ASSET("lua/queue_append.lua", lua_queue_append),
    ASSET("lua/queue_claim.lua", lua_queue_claim),
    ASSET("lua/queue_depth.lua", lua_queue_depth),
    ASSET("lua/queue_extend.lua", lua_queue_extend),
    ASSET("lua/queue_leave.lua", lua_queue_leave),
    ASSET("lua/queue_postpone.lua", lua_queue_postpone),
    ASSET("lua/queue_promote.lua", lua_queue_promote),
    ASSET("lua/queue_reclaim.lua", lua_queue_reclaim),
    ASSET("lua/recover.lua", lua_recover),
    ASSET("lua/seal.lua", lua_seal),
    ASSET("lua/settle.lua", lua_settle),
    ASSET("lua/touched.lua", lua_touched),
    ASSET("sql/0001_errors.sql", sql_0001_errors),
    ASSET("sql/0002_ledger_and_dead_letters.sql", sql_0002_ledger_and_dead_letters),
    ASSET("sql/insert_error_details.sql", sql_insert_error_details),
    ASSET("sql/insert_errors.sql", sql_insert_errors),
    ASSET("sql/insert_ledger.sql", sql_insert_ledger),
    ASSET("sql/select_error_detail.sql", sql_select_error_detail),
    ASSET("sql/select_errors.sql", sql_select_errors),
    ASSET("sql/upsert_counts.sql", sql_upsert_counts),
    ASSET("sql/upsert_dead_letter.sql", sql_upsert_dead_letter),
};

const ei_asset *ei_assets(size_t *count) {
    *count = sizeof assets / sizeof assets[0];
    return assets;
}
