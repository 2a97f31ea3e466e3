package dev.kuar.shell.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CostsTest {
    @ParameterizedTest
    @CsvSource({
        "gcloud container clusters create x --num-nodes=3,true",
        "gcloud --project p container clusters create-auto x,true",
        "gcloud container clusters resize x --num-nodes=9,true",
        "gcloud compute instances create vm,true",
        "gcloud config configurations create x,false",
        "gcloud container clusters list,false",
        "gcloud container clusters create --help,false",
        "gcloud auth login,false",
        "az aks create --name x,true",
        "az aks nodepool add --name x,true",
        "az group create --name x,false",
        "az aks get-credentials --name x,false",
        "eksctl create cluster,true",
        "eksctl create cluster --dry-run,false",
        "eksctl get cluster,false",
        "aws ec2 run-instances,true",
        "aws eks list-clusters,false",
        "kind create cluster,false",
        "minikube start,false"
    })
    void lines_that_cost_money_are_known(String line, boolean costs) {
        List<String> words = List.of(line.split(" "));

        assertThat(Costs.money(words.get(0), words.subList(1, words.size()))).isEqualTo(costs);
    }
}
