#!/bin/sh
# Writes Redis' users from REDIS_PASSWORD, by its digest only, and becomes redis-server. What the service's user may do is what
# docs/exposing.md says.
#
#   start.sh [options of redis-server]
#
# REDIS_CONFIG, REDIS_ACL and REDIS_DATA name other places, for tests.
set -eu
config=${REDIS_CONFIG:-/etc/redis/redis.conf}
acl=${REDIS_ACL:-/run/redis/users.acl}
digest=$(printf '%s' "${REDIS_PASSWORD:?set REDIS_PASSWORD}" | sha256sum | cut -d ' ' -f 1)
umask 077
cat >"$acl" <<USERS
user default off
user health on nopass -@all +ping
user error-ingest on #$digest resetkeys ~{ei:*}:* resetchannels -@all +info +config|get +client|setname +script|load +evalsha +time +multi +discard +expire +hget +hgetall +hincrby +hlen +hmget +hscan +hset +llen +lrange +lrem +rpush +sadd +scard +sismember +unlink +xack +xadd +xclaim +xdel +xgroup +xinfo +xpending +xrange +xreadgroup +zadd +zcard +zrangebyscore +zrem
USERS
unset REDIS_PASSWORD
exec redis-server "$config" --aclfile "$acl" --dir "${REDIS_DATA:-/data}" "$@"
