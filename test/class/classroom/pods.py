"""Lists what is in the pods that KubeSpawner makes by `values.yaml`, once Kubernetes' schema has passed them."""

import asyncio
import re
import sys

import kubernetes_validate
import yaml
from kubernetes_asyncio.client import ApiClient
from kubespawner import KubeSpawner
from ltiauthenticator.lti13.auth import LTI13Authenticator
from traitlets.config import Config

text = open(sys.argv[1], encoding="utf8").read()
values = yaml.safe_load(text)
own, config = values["singleuser"], Config(values["hub"]["config"])


async def main():
    spawner = KubeSpawner(_mock=True, config=config, cmd=own["cmd"], profile_list=own["profileList"])
    spawner.image = ":".join(own["image"].values())
    # One learner, again and again.
    for chosen in [{}, {"language": "zh", "size": "large"}, {"language": "zh"}, {"language": "en"}]:
        spawner.user_options = {"profile": "lesson", **chosen}
        await spawner.load_user_options()
        pod = ApiClient().sanitize_for_serialization(await spawner.get_pod_manifest())
        kubernetes_validate.validate(pod, kubernetes_validate.latest_version(), strict=True)
        container = pod["spec"]["containers"][0]
        env = {each["name"]: each["value"] for each in container["env"]}
        names = "DIGITS_CLASSROOM_LANGUAGE JUPYTERHUB_DEFAULT_URL JUPYTERHUB_ROOT_DIR MEM_GUARANTEE MEM_LIMIT"
        print(*(env[name] for name in names.split()), container["image"], *container["args"])
    # The block that is commented out, as it is once its signs are taken away.
    block = yaml.safe_load("\n".join(re.findall(r"^    # ((?:  )?\w+:.*)", text, re.M)))
    lti = LTI13Authenticator(config=Config(block))
    print("LTI:", lti.issuer, lti.username_key)


asyncio.run(main())
